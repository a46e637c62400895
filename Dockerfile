ARG NODE=node:24-bookworm-slim

# What is compiled, with everything it takes to compile it.
FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json nest-cli.json ./
COPY src src
COPY web web
RUN npm run build

# What it runs with. The build is not there to be called, so no package's own script is either.
FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev && npm cache clean --force

FROM ${NODE}
# Compilers and interpreters of the languages that are judged here; the sandbox itself is built with gcc at
# the first start. JavaScript runs on this image's own Node. Processes that do not judge, or have Judge0 do
# it, need none of them: --build-arg LANGUAGES=""
ARG LANGUAGES="gcc g++ libc6-dev python3"
RUN if [ -n "$LANGUAGES" ]; then \
      apt-get update && \
      apt-get install -y --no-install-recommends $LANGUAGES && \
      rm -rf /var/lib/apt/lists/*; \
    fi && \
    install -d -o node -g node -m 0711 /data
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY problems problems
COPY --from=build /app/web/dist web/dist
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    OPERATIONS_PORT=9464 \
    DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OPERATIONS_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
