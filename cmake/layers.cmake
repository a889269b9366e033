# The table of allowed arrows: who may include whom. tests/layers.cmake reads every #include below include/ and src/ against it
# and fails on an arrow that is not here. Arrows point down only; adapters never see each other.

#     module         may include the incar modules
set(INCAR_ARROWS_core          "")
set(INCAR_ARROWS_ocpi          "core")
set(INCAR_ARROWS_store         "core")
set(INCAR_ARROWS_ocpi_client   "core;net;ocpi;store")
set(INCAR_ARROWS_hub           "core;net;ocpi;ocpi_client;store")
set(INCAR_ARROWS_app           "core;hub;net;ocpi;ocpi_client;store")
set(INCAR_ARROWS_smac          "core")
set(INCAR_ARROWS_net           "core")
set(INCAR_ARROWS_adapters/glpk "core;smac")
set(INCAR_ARROWS_adapters/curl "core;net")
set(INCAR_ARROWS_adapters/beast "core;net")
set(INCAR_ARROWS_adapters/sqlite "core;store")
set(INCAR_ARROWS_adapters/openssl "core")

#     module         may include these outside headers, below src/ only: no public header includes an outside library
set(INCAR_OUTSIDE_core          "cctz/;emmintrin.h;rapidjson/;sys/random.h;unistd.h")
set(INCAR_OUTSIDE_smac          "Eigen/")
set(INCAR_OUTSIDE_adapters/glpk "glpk.h")
set(INCAR_OUTSIDE_adapters/curl "curl/;netinet/in.h;sys/epoll.h;sys/eventfd.h;sys/socket.h;unistd.h")
set(INCAR_OUTSIDE_adapters/beast "boost/;fcntl.h")
set(INCAR_OUTSIDE_adapters/sqlite "sqlite3.h;fcntl.h;sys/file.h;unistd.h")
set(INCAR_OUTSIDE_adapters/openssl "openssl/;fcntl.h;sys/stat.h;unistd.h")
