-- CreateTable
CREATE TABLE "Pack" (
    "sha256" TEXT NOT NULL,
    "recipe" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "reference" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Pack_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Qualification" (
    "id" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "siteKeyId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "payloadDigest" TEXT NOT NULL,
    "payload" BYTEA NOT NULL,
    "envelope" JSONB NOT NULL,
    "receipt" JSONB NOT NULL,
    "verdict" JSONB NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Qualification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Qualification_jobId_payloadDigest_key" ON "Qualification"("jobId", "payloadDigest");

-- CreateIndex
CREATE UNIQUE INDEX "Qualification_siteId_sequence_key" ON "Qualification"("siteId", "sequence");

-- AddForeignKey
ALTER TABLE "Qualification" ADD CONSTRAINT "Qualification_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Qualification" ADD CONSTRAINT "Qualification_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
