# One image for coordinator and site agent: `sidemark <noun> <verb>`. TypeScript is run as it is (docs/decisions/0005).
FROM node:20-bookworm-slim
WORKDIR /sidemark
COPY package.json package-lock.json .npmrc ./
COPY apps/cli/package.json apps/cli/
COPY apps/coordinator/package.json apps/coordinator/
COPY apps/site-agent/package.json apps/site-agent/
COPY libs/core/package.json libs/core/
COPY libs/dicom/package.json libs/dicom/
COPY libs/phantom/package.json libs/phantom/
COPY libs/terminal/package.json libs/terminal/
COPY prisma/package.json prisma/
RUN npm ci
COPY . .
RUN node scripts/bootstrap.mjs && mkdir /data && chown node:node /data
USER node
ENTRYPOINT ["node", "apps/cli/bin/sidemark.mjs"]
