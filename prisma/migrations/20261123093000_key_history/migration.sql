-- AlterTable
ALTER TABLE "Key" ADD COLUMN     "succession" JSONB;

-- CreateTable
CREATE TABLE "Delegation" (
    "number" INTEGER NOT NULL,
    "envelope" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Delegation_pkey" PRIMARY KEY ("number")
);
