-- CreateEnum
CREATE TYPE "SiteNames" AS ENUM ('shown', 'hidden');

-- CreateEnum
CREATE TYPE "AccountRole" AS ENUM ('reader', 'coordinator', 'administrator');

-- CreateEnum
CREATE TYPE "AccountState" AS ENUM ('invited', 'active', 'disabled');

-- AlterTable
ALTER TABLE "Study" ADD COLUMN     "siteNames" "SiteNames" NOT NULL DEFAULT 'shown';

-- AlterTable
ALTER TABLE "Site" ADD COLUMN     "agentVersion" TEXT,
ADD COLUMN     "lastSeenAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "AccountRole" NOT NULL,
    "state" "AccountState" NOT NULL,
    "passwordHash" TEXT,
    "linkHash" TEXT,
    "linkExpiresAt" TIMESTAMPTZ(3),
    "lastSignInAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountSession" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "previousHash" TEXT,
    "proof" TEXT NOT NULL,
    "rotatedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AccountSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInFailure" (
    "nameHash" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "lockedUntil" TIMESTAMPTZ(3),
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SignInFailure_pkey" PRIMARY KEY ("nameHash")
);

-- CreateIndex
CREATE UNIQUE INDEX "Account_name_key" ON "Account"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Account_linkHash_key" ON "Account"("linkHash");

-- CreateIndex
CREATE UNIQUE INDEX "AccountSession_tokenHash_key" ON "AccountSession"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "AccountSession_previousHash_key" ON "AccountSession"("previousHash");

-- CreateIndex
CREATE INDEX "AccountSession_accountId_idx" ON "AccountSession"("accountId");

-- AddForeignKey
ALTER TABLE "AccountSession" ADD CONSTRAINT "AccountSession_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
