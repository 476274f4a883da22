# The program with scripts/tier-report: what action.yml runs, and an image for other CI systems.
FROM debian:12-slim AS build
WORKDIR /source
COPY scripts scripts
RUN bash -c '. scripts/packages.sh && need_packages "${build_packages[@]}"'
COPY . .
RUN cmake --preset demo && cmake --build --preset demo && cmake --install build/demo --prefix /opt/migplan --strip

FROM debian:12-slim
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends ca-certificates curl git libcsv3 libfmt9 libical3 libpugixml1v5 \
      libsimdjson14 libutf8proc2 libxlsxwriter4 libyaml-cpp0.7 zlib1g \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/migplan/bin/migplan /usr/local/bin/migplan
COPY scripts/tier-report /usr/local/bin/tier-report
# Arguments: the folder of the project, and the commit to compare with, which may be empty.
ENTRYPOINT ["/bin/sh", "-c", "cd \"${1:-.}\" && exec tier-report ${2:+\"$2\"}", "tier-report"]
