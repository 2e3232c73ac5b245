#include "hallmark/store/layout/archive_store.h"

#include "hallmark/store/layout/limits.h"
#include "tests/support/catch.h"
#include "tests/support/store_contract.h"
#include "tests/unit/store/layout/layout_test.h"
#include "tests/unit/store/layout/tar_writer.h"

namespace hallmark::testing {
namespace {

// A layout with one signed image, and archives of it.
struct Archive : OpenLayout {
  Archive() {
    Put(*store, repository, image, "1.4");
    Put(*store, repository, referrer);
  }

  Result<std::unique_ptr<store::ArchiveStore>> Open(std::string_view text) const {
    WriteFile(temp.path() / "image.tar", text);
    return store::ArchiveStore::Open(temp.path() / "image.tar");
  }

  // Everything is there, and is what the folder says.
  void CheckReadable(std::string_view text) const {
    const auto archive = Must(Open(text));
    const Context context = PatientContext();
    const auto manifest = Must(archive->FetchManifest(context, TagRef(repository, "1.4")));
    CHECK(manifest.digest() == image.digest());
    CHECK(archive->Fetch(context, repository, image.config.descriptor()).ok());
    const auto listing = archive->Referrers(context, repository, image.digest(), kType);
    CHECK_FALSE(listing.gap.has_value());
    CHECK(Lists(listing, referrer.digest()));
    CHECK(Must(archive->OnlyImage(context)) == image.digest());
  }

  ErrorCode Refused(std::string_view text) const {
    const auto archive = Open(text);
    REQUIRE_FALSE(archive.ok());
    return archive.error().code();
  }

  Image image = MakeImage("a");
  Referrer referrer = MakeReferrer(image.manifest.descriptor(), kType, "signature");
};

}  // namespace

TEST_CASE("a layout in an archive reads as the layout") {
  const Archive layout;
  SECTION("plain names") { layout.CheckReadable(TarWriter().AddFolder(layout.path).Finish()); }
  SECTION("names led by ./") {
    TarWriter tar;
    tar.Add({"./", "", '5'});
    layout.CheckReadable(tar.AddFolder(layout.path, "./").Finish());
  }
  SECTION("padded to a record") {
    layout.CheckReadable(TarWriter().AddFolder(layout.path).Finish() + std::string(9 * 1024, '\0'));
  }
  SECTION("pax paths and sizes that agree, and a global header of times") {
    TarWriter tar;
    tar.AddPax({"mtime=1"}, 'g');
    for (const auto& entry : std::filesystem::recursive_directory_iterator(layout.path)) {
      if (entry.is_directory()) continue;
      const std::string content = ReadFile(entry.path());
      tar.AddPax({"path=" + std::filesystem::relative(entry.path(), layout.path).native(),
                  "size=" + std::to_string(content.size()), "mtime=1.5"});
      tar.AddFile("short", content);
    }
    layout.CheckReadable(tar.Finish());
  }
  SECTION("GNU long names, GNU magic, base-256 sizes and the old type") {
    TarWriter tar;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(layout.path)) {
      if (entry.is_directory()) continue;
      const std::string content = ReadFile(entry.path());
      tar.Add({"././@LongLink",
               std::filesystem::relative(entry.path(), layout.path).native() + '\0', 'L'});
      std::string size(12, '\0');
      size[0] = '\x80';
      size[10] = static_cast<char>(content.size() >> 8);
      size[11] = static_cast<char>(content.size() & 0xff);
      tar.Add({"short", content, '\0', size, std::string("ustar  \0", 8), {}, 0});
    }
    layout.CheckReadable(tar.Finish());
  }
  SECTION("ustar prefixes") {
    TarWriter tar;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(layout.path)) {
      if (entry.is_directory()) continue;
      const auto name = std::filesystem::relative(entry.path(), layout.path);
      TarWriter::Entry written{name.filename(), ReadFile(entry.path())};
      written.prefix = name.parent_path();
      tar.Add(written);
    }
    layout.CheckReadable(tar.Finish());
  }
}

TEST_CASE("an archive that is none, compressed, or no layout is the operator's mistake") {
  const Archive layout;
  CHECK(store::ArchiveStore::Open(layout.temp.path() / "absent").error().code() ==
        ErrorCode::kConfig);
  CHECK(store::ArchiveStore::Open(layout.temp.path()).error().code() == ErrorCode::kConfig);
  CHECK(store::ArchiveStore::Open("/dev/zero").error().code() == ErrorCode::kConfig);
  CHECK(layout.Refused("\x1f\x8b rest") == ErrorCode::kConfig);
  CHECK(layout.Refused("\x28\xb5\x2f\xfd rest") == ErrorCode::kConfig);
  CHECK(layout.Refused("BZh9 rest") == ErrorCode::kConfig);
  CHECK(layout.Refused(TarWriter().AddFile("manifest.json", "[]").Finish()) == ErrorCode::kConfig);
  CHECK(layout.Refused(TarWriter().Finish()) == ErrorCode::kConfig);
}

TEST_CASE("A91: names that lead elsewhere, links and devices are refused") {
  const Archive layout;
  TarWriter tar;
  tar.AddFolder(layout.path);
  SECTION("names") {
    const std::string name = GENERATE(as<std::string>{}, "../x", "/etc/x", "a/../x", "a//x",
                                      "./../x", "a/./x", "..", "a/..", "", "a\nb", "/", "file/");
    tar.AddFile(name, "x");
  }
  SECTION("a pax path") { tar.AddPax({"path=../x"}).AddFile("x", "x"); }
  SECTION("a long name") { tar.Add({"L", "../x", 'L'}).AddFile("x", "x"); }
  SECTION("kinds") { tar.Add({"x", "", GENERATE('1', '2', '3', '4', '6', '7', 'S', 'K', 'D')}); }
  SECTION("sparse by pax") { tar.AddPax({"GNU.sparse.major=1"}).AddFile("x", "x"); }
  SECTION("a link by pax") { tar.AddPax({"linkpath=/etc/x"}).AddFile("x", "x"); }
  SECTION("the same name again") { tar.AddFile("index.json", "{}"); }
  SECTION("the same name in another spelling") { tar.AddFile("./index.json", "{}"); }
  SECTION("a folder with content") { tar.Add({"folder", "x", '5'}); }
  CHECK(layout.Refused(tar.Finish()) == ErrorCode::kMalformed);
}

TEST_CASE("A91: headers that two readers could read differently are refused") {
  const Archive layout;
  TarWriter tar;
  tar.AddFolder(layout.path);
  SECTION("a pax size beside another size") { tar.AddPax({"size=512"}).AddFile("x", "x"); }
  SECTION("a pax size beside zero") { tar.AddPax({"size=512"}).AddFile("x", ""); }
  SECTION("pax twice") { tar.AddPax({"path=a"}).AddPax({"path=b"}).AddFile("x", "x"); }
  SECTION("a path twice in one") { tar.AddPax({"path=a", "path=b"}).AddFile("x", "x"); }
  SECTION("a size twice in one") { tar.AddPax({"size=1", "size=1"}).AddFile("x", "x"); }
  SECTION("pax and long name") { tar.AddPax({"path=a"}).Add({"L", "b", 'L'}).AddFile("x", "x"); }
  SECTION("two long names") { tar.Add({"L", "a", 'L'}).Add({"L", "b", 'L'}).AddFile("x", "x"); }
  SECTION("a global path") { tar.AddPax({"path=a"}, 'g').AddFile("x", "x"); }
  SECTION("a global size") { tar.AddPax({"size=1"}, 'g').AddFile("x", "x"); }
  SECTION("pax without an entry") { tar.AddPax({"path=a"}); }
  SECTION("pax records") {
    tar.Add({"pax",
             GENERATE(as<std::string>{}, "x", "8 path=a\n", "11 path=a\n", "-1 path=a\n",
                      "0 path=a\n", "10 path=a ", "7 =abc\n", "7 path\n", "11 size=-1\n",
                      "99999999999999999999 a=b\n"),
             'x'})
        .AddFile("x", "x");
  }
  SECTION("a checksum") {
    TarWriter::Entry entry{"x", "x"};
    entry.checksum_error = GENERATE(1, -1, 256);
    tar.Add(entry);
  }
  SECTION("no magic") {
    TarWriter::Entry entry{"x", "x"};
    entry.magic = std::string(8, '\0');
    tar.Add(entry);
  }
  SECTION("numbers") {
    TarWriter::Entry entry{"x", "x"};
    entry.size_field = GENERATE(as<std::string>{}, "-0000000001", "0000000000x", "00000000009",
                                "           ", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
                                "\x80\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01");
    tar.Add(entry);
  }
  CHECK(layout.Refused(tar.Finish()) == ErrorCode::kMalformed);
}

TEST_CASE("A91: sizes beyond the file and archives that are cut or go on are refused") {
  const Archive layout;
  TarWriter tar;
  tar.AddFolder(layout.path);
  SECTION("1 EiB in base-256") {
    TarWriter::Entry entry{"x", ""};
    entry.size_field = std::string("\x80\0\0\0\x10\0\0\0\0\0\0\0", 12);
    CHECK(layout.Refused(tar.Add(entry).Finish()) == ErrorCode::kMalformed);
  }
  SECTION("8 GiB in pax beside zero") {
    tar.AddPax({"size=8589934592"}).AddFile("x", "");
    CHECK(layout.Refused(tar.Finish()) == ErrorCode::kMalformed);
  }
  SECTION("no end") { CHECK(layout.Refused(tar.unfinished()) == ErrorCode::kMalformed); }
  SECTION("half an end") {
    CHECK(layout.Refused(tar.unfinished() + std::string(512, '\0')) == ErrorCode::kMalformed);
  }
  SECTION("cut in a header") {
    CHECK(layout.Refused(tar.unfinished().substr(0, 700)) == ErrorCode::kMalformed);
  }
  SECTION("an archive behind the end") {
    CHECK(layout.Refused(tar.Finish() + TarWriter().AddFile("x", "x").Finish()) ==
          ErrorCode::kMalformed);
  }
  SECTION("a sparse file of 1 TiB behind the end") {
    const auto file = layout.temp.path() / "sparse.tar";
    WriteFile(file, tar.Finish());
    std::filesystem::resize_file(file, std::uint64_t{1} << 40);
    CHECK(store::ArchiveStore::Open(file).error().code() == ErrorCode::kMalformed);
  }
}

TEST_CASE("A91: too many entries, names too long and headers too large are a limit") {
  const Archive layout;
  TarWriter tar;
  SECTION("entries") {
    for (std::size_t i = 0; i <= store::kMaxArchiveEntries; ++i) {
      tar.AddFile(std::to_string(i), "");
    }
  }
  SECTION("headers without entries") {
    for (std::size_t i = 0; i <= 2 * store::kMaxArchiveEntries; ++i) tar.Add({"g", "", 'g'});
  }
  SECTION("a name") {
    tar.AddPax({"path=" + std::string(store::kMaxArchiveNameBytes + 1, 'a')}).AddFile("x", "x");
  }
  SECTION("an extended header") {
    tar.AddPax({"comment=" + std::string(store::kMaxPaxBytes, 'a')}).AddFile("x", "x");
  }
  CHECK(layout.Refused(tar.Finish()) == ErrorCode::kLimit);
}

TEST_CASE("a blob in an archive is checked against its digest") {
  const Archive layout;
  std::string text = TarWriter().AddFolder(layout.path).Finish();
  const std::size_t at = text.find(AsText(layout.image.manifest.bytes()));
  REQUIRE(at != std::string::npos);
  text.at(at) ^= 1;
  const auto archive = Must(layout.Open(text));
  const auto manifest = archive->FetchManifest(PatientContext(), TagRef(layout.repository, "1.4"));
  REQUIRE_FALSE(manifest.ok());
  CHECK(manifest.error().code() == ErrorCode::kMismatch);
}

}  // namespace hallmark::testing
