-- CreateEnum
CREATE TYPE "StudyState" AS ENUM ('open', 'closed');

-- CreateEnum
CREATE TYPE "SiteState" AS ENUM ('invited', 'pending', 'approved', 'suspended', 'revoked');

-- CreateEnum
CREATE TYPE "SiteRole" AS ENUM ('internal', 'external');

-- CreateEnum
CREATE TYPE "KeyRole" AS ENUM ('release', 'online', 'site');

-- CreateEnum
CREATE TYPE "ModelState" AS ENUM ('registered', 'released', 'withdrawn');

-- CreateEnum
CREATE TYPE "ProtocolState" AS ENUM ('draft', 'frozen', 'retired');

-- CreateEnum
CREATE TYPE "RunState" AS ENUM ('open', 'closed', 'cancelled');

-- CreateEnum
CREATE TYPE "JobState" AS ENUM ('offered', 'held', 'accepted', 'running', 'reported', 'refused', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "ReportState" AS ENUM ('accepted', 'superseded');

-- CreateTable
CREATE TABLE "Study" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" "StudyState" NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Study_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Site" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "SiteRole" NOT NULL,
    "state" "SiteState" NOT NULL DEFAULT 'invited',
    "enrolmentDigest" TEXT,
    "enrolmentEnvelope" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Key" (
    "keyId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "role" "KeyRole" NOT NULL,
    "siteId" UUID,
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validUntil" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Key_pkey" PRIMARY KEY ("keyId")
);

-- CreateTable
CREATE TABLE "AdministratorToken" (
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AdministratorToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "SiteSession" (
    "tokenHash" TEXT NOT NULL,
    "siteId" UUID NOT NULL,
    "keyId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SiteSession_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "ModelVersion" (
    "sha256" TEXT NOT NULL,
    "manifestSha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "state" "ModelState" NOT NULL DEFAULT 'registered',
    "sizeBytes" INTEGER NOT NULL,
    "manifest" JSONB NOT NULL,
    "releaseEnvelope" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ModelVersion_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Protocol" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" "ProtocolState" NOT NULL DEFAULT 'draft',
    "digest" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "envelope" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Protocol_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "protocolId" UUID NOT NULL,
    "state" "RunState" NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Job" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "state" "JobState" NOT NULL DEFAULT 'offered',
    "code" TEXT,
    "nonce" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Report" (
    "id" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "siteKeyId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "state" "ReportState" NOT NULL DEFAULT 'accepted',
    "payloadDigest" TEXT NOT NULL,
    "resultDigest" TEXT NOT NULL,
    "payload" BYTEA NOT NULL,
    "envelope" JSONB NOT NULL,
    "receipt" JSONB NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "sequence" INTEGER NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "Study_name_key" ON "Study"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Site_studyId_name_key" ON "Site"("studyId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "ModelVersion_name_version_key" ON "ModelVersion"("name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Protocol_digest_key" ON "Protocol"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "Protocol_studyId_name_version_key" ON "Protocol"("studyId", "name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Job_runId_siteId_key" ON "Job"("runId", "siteId");

-- CreateIndex
CREATE UNIQUE INDEX "Report_jobId_payloadDigest_key" ON "Report"("jobId", "payloadDigest");

-- CreateIndex
CREATE UNIQUE INDEX "Report_siteId_sequence_key" ON "Report"("siteId", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_hash_key" ON "AuditEntry"("hash");

-- AddForeignKey
ALTER TABLE "Site" ADD CONSTRAINT "Site_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Key" ADD CONSTRAINT "Key_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SiteSession" ADD CONSTRAINT "SiteSession_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SiteSession" ADD CONSTRAINT "SiteSession_keyId_fkey" FOREIGN KEY ("keyId") REFERENCES "Key"("keyId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Protocol" ADD CONSTRAINT "Protocol_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_protocolId_fkey" FOREIGN KEY ("protocolId") REFERENCES "Protocol"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
