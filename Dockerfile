# One image for coordinator and site agent: `sidemark <noun> <verb>`. TypeScript is run as it is (docs/decisions/0005).
# Node 24 is under long-term support until April 2028; 20, the oldest we run on, has had no security fixes since April 2026.
FROM node:24-bookworm-slim
WORKDIR /sidemark
COPY package.json package-lock.json .npmrc ./
COPY apps/cli/package.json apps/cli/
COPY apps/coordinator/package.json apps/coordinator/
COPY apps/dashboard/package.json apps/dashboard/
COPY apps/site-agent/package.json apps/site-agent/
COPY libs/core/package.json libs/core/
COPY libs/dicom/package.json libs/dicom/
COPY libs/phantom/package.json libs/phantom/
COPY libs/run-report/package.json libs/run-report/
COPY libs/terminal/package.json libs/terminal/
COPY prisma/package.json prisma/
RUN npm ci
COPY . .
# the code stays root's: the user below can read it and cannot change it
RUN node scripts/bootstrap.mjs && mkdir --mode=0700 /data && chown node:node /data
USER node
VOLUME /data
ENTRYPOINT ["node", "apps/cli/bin/sidemark.mjs"]
