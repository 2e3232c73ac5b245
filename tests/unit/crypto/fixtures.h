#ifndef HALLMARK_TESTS_UNIT_CRYPTO_FIXTURES_H_
#define HALLMARK_TESTS_UNIT_CRYPTO_FIXTURES_H_

#include <string_view>

// Throw-away keys made with OpenSSL 3.0: never use them for anything.
namespace hallmark::crypto::fixtures {

// A P-256 key as "EC PRIVATE KEY"; the files below hold the same one.
inline constexpr std::string_view kSec1P256 = R"(-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIOBI140FNRNwird3FVV7kL8eWjKn0xcxp8QX6tY9avt7oAoGCCqGSM49
AwEHoUQDQgAEhmqR6xW6XNYnb40P5LTCwsNE1627Vc2GHu72tvKRhArdeij9xYDi
UbBe3eBUP7D/Q8wJjPOOfI33s9KgZGj09A==
-----END EC PRIVATE KEY-----
)";

inline constexpr std::string_view kPkcs8P256 = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4EjXjQU1E3CKt3cV
VXuQvx5aMqfTFzGnxBfq1j1q+3uhRANCAASGapHrFbpc1idvjQ/ktMLCw0TXrbtV
zYYe7va28pGECt16KP3FgOJRsF7d4FQ/sP9DzAmM8458jfez0qBkaPT0
-----END PRIVATE KEY-----
)";

inline constexpr std::string_view kPublicP256 = R"(-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhmqR6xW6XNYnb40P5LTCwsNE1627
Vc2GHu72tvKRhArdeij9xYDiUbBe3eBUP7D/Q8wJjPOOfI33s9KgZGj09A==
-----END PUBLIC KEY-----
)";

// Passphrase "pw". PBKDF2 of 2048 rounds with HMAC-SHA-256, AES-256.
inline constexpr std::string_view kEncryptedSha256 = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhTqILz0nCjawICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEKK86K8UHRn9bVBLGhsGp4EEgZAf
OAC2OZkaBturn8YGLN2RSn3nAuBEbTfVDHap6F0Zy2F3mt1Vi+C5VWkGoA8Ue4Oq
G4ro/DNOIpACISJiicwUSvOm88vrjSa7D9RqEAXzuPlVtHsCrirwjXWVrBO/C/pw
Qj7teR6PRH+WMunyS7TfUvHs5cJYG2Sn/tvYCxnIjzUhNySe+zhrERZG8c0e9tQ=
-----END ENCRYPTED PRIVATE KEY-----
)";

// HMAC-SHA-1, which is the default and so not spelled out; AES-128.
inline constexpr std::string_view kEncryptedSha1 = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHeMEkGCSqGSIb3DQEFDTA8MBsGCSqGSIb3DQEFDDAOBAjMkz7tdNO7tAICCAAw
HQYJYIZIAWUDBAECBBB5ZGAgf05M13nl9m5VK5PwBIGQkHRYwESBk6XWDTbC4V8d
BOG7AHPNKTFrbazZ7p+nN/fhFt0ZKd0ISL+p9EvpfJbcdOuxMFN/43q92cQUqVij
AOC3BjVriVHaw//Loc4jbMSWA9ooEtgA/wfTNdjQImI17eENt0YI3aUkF5fO95Rp
59EavvhmvULN13llUJ8KzjeZ4ryFlaLaBl50LORb/PC4
-----END ENCRYPTED PRIVATE KEY-----
)";

// scrypt of N=4096, r=8, p=1.
inline constexpr std::string_view kEncryptedScrypt = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHkME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAgDJ2NRQXrJ1QICEAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBB/z8b8WCZxH+Prp7/dJvLEBIGQMJq8h6bj8lI4
XKoqLMO/SWkTK+4HY/oc8FsJMthGiU4RX0X9fDfuQz5MgNap+wKalPKeIKZ/NlPD
Zx/HMABkomCpUJ+CT/vnV/ZEGvcQpFGFg+T36f82Yxnc+j6VcldhckKNO5mIySO8
M7Gzxpu+bd7IXMhHbEdwypO6lThPip9HrZiuFVqptJ1WXPx8GCiJ
-----END ENCRYPTED PRIVATE KEY-----
)";

// PBES2 with triple DES.
inline constexpr std::string_view kEncryptedDes = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHjME4GCSqGSIb3DQEFDTBBMCkGCSqGSIb3DQEFDDAcBAiBCYKDbqkTdwICCAAw
DAYIKoZIhvcNAgkFADAUBggqhkiG9w0DBwQIVyKeJ3EYgrkEgZAgjKjEkUX+FKmc
Rd23HlVIOhu6kSD+rspQF2ADngnpgqydo56c/lR+qA53ApheyTlttADDV28xfwiq
bZEQx2kHZzUKSW6j9akWEehurHt5B7mzLNwrPYAdC24NogEm+MvFRQlg4mIYKUCo
co7XJyIxHmki1j9aXe22CqzC4UShM8eitVH6jlT4qgJZkWnZWLg=
-----END ENCRYPTED PRIVATE KEY-----
)";

// A scheme of PKCS#12.
inline constexpr std::string_view kEncryptedPkcs12 = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGxMBwGCiqGSIb3DQEMAQMwDgQI9hj67X/73f0CAggABIGQ2VctDrO1aD3I0+iO
etSHPZqwyEE/LAJPmtcHFFOQfSLWC60WJ+AqWGffwhsF/qiJOdHd/ZHVrbjZfCRl
J4psE46PxXA9HkHtUvHS8Oun//nFYeDtSXLo9Qxo4eoYFgTJOMAR0kwcC8LU3Omv
3GAhkMlM4r0nL9MkABnlne722qJ0DAQZ4jNkFtcUoePT2dzG
-----END ENCRYPTED PRIVATE KEY-----
)";

// The public half in forms that are not read.
inline constexpr std::string_view kCompressed = R"(-----BEGIN PUBLIC KEY-----
MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgAChmqR6xW6XNYnb40P5LTCwsNE1627
Vc2GHu72tvKRhAo=
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view kHybrid = R"(-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAGhmqR6xW6XNYnb40P5LTCwsNE1627
Vc2GHu72tvKRhArdeij9xYDiUbBe3eBUP7D/Q8wJjPOOfI33s9KgZGj09A==
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view kExplicit = R"(-----BEGIN PUBLIC KEY-----
MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
//////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABIZqkesVulzWJ2+ND+S0wsLD
RNetu1XNhh7u9rbykYQK3Xoo/cWA4lGwXt3gVD+w/0PMCYzzjnyN97PSoGRo9PQ=
-----END PUBLIC KEY-----
)";

// Other people's keys.
inline constexpr std::string_view kP224 = R"(-----BEGIN PUBLIC KEY-----
ME4wEAYHKoZIzj0CAQYFK4EEACEDOgAEdvdeQQY0LTTsjxO6MLlhGmha29RN67mU
bfmR7Z/BhrgAhb3HtymCoiq6YJBuWH0LtRk2V8i1NPU=
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view kSecp256k1 = R"(-----BEGIN PUBLIC KEY-----
MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEvP78PwfjUiKUx7AepzifgLhAEidZVj0l
ykrRQyitKkrZ26KmD9aYUHQP4Snc3zYkDLvWjeBhXnpm/SvFRcDVsg==
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view kEd448 = R"(-----BEGIN PUBLIC KEY-----
MEMwBQYDK2VxAzoAZhV1sW2gvKEdnLhrmwWnjvXzWYoycXZOnR70uSSWyJMdH3G9
qdQhKnDOAlX5DoZt/sc3G1Q6eYQA
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view kEd25519 = R"(-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIOc6yJJRNe89SrNsHpOv+ONLxttS5fL+bcsguDlb8dc0
-----END PRIVATE KEY-----
)";

// id-RSASSA-PSS without parameters, and for SHA-384 only.
inline constexpr std::string_view kPssAny = R"(-----BEGIN PUBLIC KEY-----
MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBANez7+FljQodTfdTb/w+7THm
F62otqunG64ph5TVcl/AlAiBRgfs1GZ3wTJylbWsPwcQcPIhsO6xyqwhR1T64Z/H
RB5PERJodxbGLrp0pnZiTJ594qMffuiuc2ydPgnPBrw+uSC1Xoeklcg/FKLds9Sz
0qIhzAODcXStw3FkTMy+8JATEn/JJN4CDDkw+U2/6Njl7U2BWTg24X0lcwjGuWIf
+bnsxWAm5ROxgji1E7bcLjdC0o+x2nWBmtQeZVua37oYTzgGDAcP61Qgaf9hCFla
EctnRIBVDoPIV0pkFyNJyAIkETuuExn53STiVx3z77dtsYoxNwILjRdQg9l8rkUC
AwEAAQ==
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view kPssSha384 = R"(-----BEGIN PUBLIC KEY-----
MIIBVjBBBgkqhkiG9w0BAQowNKAPMA0GCWCGSAFlAwQCAgUAoRwwGgYJKoZIhvcN
AQEIMA0GCWCGSAFlAwQCAgUAogMCATADggEPADCCAQoCggEBAPNKYnj+/qGlcjhs
ylJ8FuxhRZiWI/uunukkUFxFxIcZxE5juY48vjFlloaQPEoghdj2XujDKKdh4uiM
e1U1pld47Ez/8H4UF/C6/ffxILIWJTqs0n89vBTSb3uTkT1VA5ocaaMUUHdoLdno
qwfLZxPB3/tZqIP3u2I4JnaILNre3glhY36J5KSHOASzb0IBa3P0LGUmDcKSDe8J
dNcq8TuBAnq7f2+eMXyt9fdIIGWMHk2YrilgKZsX92F9E7JnSM30+aqlE0AIIUg7
kND2QwsnbuGVCtNPdAekeoG76lf3XjSP6qIrl+MBzH3eJc5FmTvTNcsv6mVdy0SD
yojqjPkCAwEAAQ==
-----END PUBLIC KEY-----
)";

// An RSA key of 2048 bits.
inline constexpr std::string_view kRsa2048 = R"(-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCNaBnQGVgdYUnt
cKf/hXmJ2d2LzLCXSR/yMRlYENIutuu0jUFYZ986EcfWlnVud18LyOkoVmY9nkar
txj3u7TO7OuARHRvdnvxJIXT6/9lPUHzTnAk9chBwDvttMd1Jl42cBmif/jXdjFP
o+504+aBi120rVhGvnvE0NaN4rNZfkWztMM+TLkGgvwyRBaOD3zJXwWsnNWVhm7A
nd3BQnDGksFBysAihA7pOvqZRySRNMejsYPtcqmSaJQMDRrZlGFxFCulCH+1JJgD
EsIEVW5Gc6LLBkFgxfsJXgb+1L3bskqtNCJEK8mijdyRV7e0aP09x4vhrGeA3Bwn
dLtv9SY5AgMBAAECggEAD8ckTjBtwQV4erpdvGiXuZZqHm2t7It3uY3Z7pYd5aF6
ZlB2kJcydKfEPQDXxIYkQEvgHCSbztdIumM5MXcrwwTzeAHrXf6B8NOq7Q0Bl7nA
kJXZdH5KJG//H9RShxNLYtaaPaP6z4u8D89STY+aSi0TPRQ0a9xYMgs9TWKUsXD3
c0OE+s81bc8EnIAR/0A5MfjPAPf8yYih6RtfI1mADQqSDRU66/LL81J3TYMKAunt
zVxLhz6JcREBGHjh+GBGToGIa9U7QE4om5ptzHmBAR9BZaas6ZbIBCf7/YyaTN1x
oVI5+aVs4dQreLRpdZiqZd+DgRdJ5ykrjMi2Nx9HewKBgQDHginJKYXNEDfD4TVA
nBj07V9TMp5opVUHOmoOqXH9WDGTSZprV+fXKGy4TPo30mPVGYLMiAK+qfBkFk0h
v+Kjsgzx5CT4VnaJx3edH0022OYlRPwo/QorZpDytzAOdyx1RC7O8Ltbh4vE3C1E
gvv/YIucVgdkxkIxY6M1eYS1xwKBgQC1ckrQsIYB7elAWbdZdgZoseahxIt7x/iR
6URFm1GrwisWj5dGEGjdIR38j9Hr46ovdkbXVxTWHAEDOEjOVA/+zL1cMGc14tua
0WgEf2RFsIPTybVa2BPoCgGauqAoI2X53MOapI62JOntG06tlkfvcHc1oQHNEAUA
NZHOyUdD/wKBgCfbnEeBEScft1Rd2Mq4pM/B4Ip5kWYsqakRBYE6XviTNwxK5xvM
6xd0Dwxe7JpcYO+A8j20an/26XzFa9FzSW8UsjtdLfmjJHlwLThpuX5cpNYLSylR
LEfxbMHg0SwCqRIgdg2H0JZ/pO/GYRDP7lJd0maAVWfPqAe/9SpIxbefAoGAI21Z
Zj3RLHdDX6kkv3bn8XEq0tMJWPXGdtbQ2bZlz99tgk4u/yMdFm/s5u890Yz2IaY6
VrlN/DAjknle3cpUBS/8mQ9qV38f2a6hXJ9y+JhqZOOxYTdnS5sIjSl7M9sVgh+0
oXEX3ECA3CbEyefZy8ptvC7fpyZFk7Dh8zohjAkCgYB4qlVTB+XT7tyiCp1ZLKv8
Sys6b/bISWYfhL2AwAYhf9N4KKcxZiG6yqjMTpsDL2Lifx9D829q8V5r2YFqObJw
BnB1FT0nyDzNKrXoAZAOL0pMDJk6Dql7RN99Ja6xi1siJ1vAjpMP/4VzBLy4lavK
IgCC0BW4ZtEJoiBiImnLKA==
-----END PRIVATE KEY-----
)";

}  // namespace hallmark::crypto::fixtures

#endif  // HALLMARK_TESTS_UNIT_CRYPTO_FIXTURES_H_
