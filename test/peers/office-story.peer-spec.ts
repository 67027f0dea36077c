// The story of a trial office, by clicks only: the first administrator, a colleague, a study, three hospitals invited and approved,
// models, a protocol read and frozen, a run watched while the coordinator restarts and a hospital decides in its own console,
// the answer and its report; a wrong password, and a reader who may look and not touch.
import { afterAll, beforeAll, describe } from '@jest/globals';
import { chaptersOn } from '../support/office-story/chapters.ts';
import * as people from '../support/office-story/people.ts';
import * as result from '../support/office-story/result.ts';
import * as run from '../support/office-story/run.ts';
import { closeStage, openStage, type Stage } from '../support/office-story/stage.ts';
import * as study from '../support/office-story/study.ts';

let stage: Stage;
const chapter = chaptersOn(() => stage);

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

describe('the people', () => {
  chapter('begin with whoever holds the administrator token', people.makeFirstAccount);
  chapter('are told of a wrong password, and come in with the right one', people.mistakePassword);
  chapter('invite each other with one-time links', people.inviteReader);
});

describe('the study', () => {
  chapter('is created', study.createStudy);
  chapter('invites three hospitals', study.inviteHospitals);
  chapter('approves each by its six words, and by no others', study.approveHospitals);
  chapter('gets its models: a file that is not one is refused in words', study.registerModels);
  chapter('has a protocol composed in a form, read as it is signed, and frozen', study.freezeProtocol);
  chapter('sees its hospitals connect', study.seeHospitalsConnect);
});

describe('the run', () => {
  chapter('is started', run.startRun);
  chapter('outlives a restart of the coordinator, and so does the open page', run.restartCoordinator);
  chapter(
    'is approved and its report released in the console of a hospital, watched live',
    run.approveInConsole,
  );
  chapter('ends with an answer over three sites', result.readAnswer);
  chapter('and with a report as PDF that names it', result.saveReport);
  chapter('is offered again, and cancelled once asked twice', run.offerAgainAndCancel);
  chapter('is seen by a reader, who is told no name and offered no button', people.lookAsReader);
});
