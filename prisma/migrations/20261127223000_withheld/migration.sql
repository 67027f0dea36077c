-- A finished report that its site holds back: nobody learns a figure of it, and everybody that there is one.
ALTER TYPE "JobState" ADD VALUE 'withheld' BEFORE 'reported';
