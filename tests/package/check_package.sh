#!/bin/sh
# Installs the build into a folder of its own and uses it as another project would: once through
# find_package, once through pkg-config. Usage: check_package.sh BUILD_FOLDER SOURCE_FOLDER CXX
set -eu
build=$1 source=$2 cxx=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
die() { echo "check_package: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/prefix" > "$work/install.log" || die "install failed"
hallmark=$work/prefix/bin/hallmark
[ -x "$hallmark" ] || die "no bin/hallmark was installed"
[ -f "$work/prefix/share/man/man1/hallmark.1" ] || die "no man page was installed"
find "$work/prefix/include" -path '*internal*' | grep -q . && die "private headers were installed"

layout=$work/layout
cp -r "$source/vectors/bundle/p256/layout" "$layout"
key=$source/vectors/bundle/keys/a.pub
other=$source/vectors/bundle/keys/b.pub

check() {  # PROGRAM: allows with the signer's key, refuses with another
  [ "$("$1" "$layout" v1 "$key")" = allowed ] || die "$1 does not allow the signed layout"
  if "$1" "$layout" v1 "$other" > /dev/null; then die "$1 allows a stranger's signature"; fi
}

cmake -S "$source/tests/package/consumer" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_COMPILER="$cxx" > "$work/cmake.log" || die "find_package(Hallmark) failed"
cmake --build "$work/consumer" > "$work/build.log" || { cat "$work/build.log"; die "build failed"; }
check "$work/consumer/consumer"

pc=$(dirname "$(find "$work/prefix" -name hallmark.pc)")
flags=$(PKG_CONFIG_PATH=$pc pkg-config --define-variable=prefix="$work/prefix" --cflags --libs hallmark)
# shellcheck disable=SC2086
"$cxx" -std=c++20 "$source/tests/package/consumer/main.cc" -o "$work/by-pc" $flags ||
  die "the pkg-config flags do not build"
check "$work/by-pc"
echo "check_package: find_package and pkg-config both work"
