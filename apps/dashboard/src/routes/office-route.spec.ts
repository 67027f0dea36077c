import { expect, it } from '@jest/globals';
import { hrefs, readRoute } from './route.ts';

it('addresses of the working pages lead back to them', () => {
  expect(readRoute(hrefs.account)).toEqual({ page: 'account' });
  expect(readRoute(hrefs.accounts)).toEqual({ page: 'accounts' });
  expect(readRoute(hrefs.models)).toEqual({ page: 'models' });
  expect(readRoute(hrefs.newStudy)).toEqual({ page: 'new-study' });
  expect(readRoute(hrefs.newProtocol('s1'))).toEqual({ page: 'new-protocol', study: 's1', from: null });
  expect(readRoute(hrefs.newProtocol('s1', 'p1'))).toEqual({ page: 'new-protocol', study: 's1', from: 'p1' });
  expect(readRoute(hrefs.protocol('s1', 'p1'))).toEqual({ page: 'protocol', study: 's1', protocol: 'p1' });
  expect(readRoute('#/welcome/r.meyer/abc')).toEqual({ page: 'welcome', name: 'r.meyer', token: 'abc' });
});

it.each(['#/account/x', '#/welcome/r.meyer', '#/studies/s1/protocols', '#/studies/s1/protocols/p1/x'])(
  'and nowhere when nobody made them: %s',
  (hash) => expect(readRoute(hash)).toEqual({ page: 'nowhere' }),
);
