import {expect, test} from 'vitest';
import {plainVerbs} from '../../../../src/agents/router/words/plain-verbs.ts';

test.each([
	['nuke the job reindex', 'delete the job reindex'],
	['please tear down deployment demo', 'please delete deployment demo'],
	['tear the demo deployment down', 'delete the demo deployment'],
	['rip the liveness probe out of demo', 'remove the liveness probe of demo'],
	["don't scrap the volume data", "don't delete the volume data"],
	['the demo deployment can go', 'remove the demo deployment'],
	['Job reindex has to go', 'remove Job reindex'],
	['Ana moved on, so role binding ana-view can be deleted.', 'Ana moved on, remove role binding ana-view'],
	['the demo is of no use, take it down', 'the demo is of no use, take down it'],
	['to be deleted: claim old and map older', 'remove claim old and map older'],
	['the demo service is superseded, please take it out', 'the demo service is superseded, please remove it'],
	['take the cron job reindex away, nobody reads it', 'remove the cron job reindex, nobody reads it'],
	['Map older was a trial. Clean it up.', 'Map older was a trial. remove it.'],
	['rm cm older', 'delete cm older'],
	['revoke the role binding ana-view', 'delete the role binding ana-view'],
	["withdraw ana's role binding in demo", "delete ana's role binding in demo"],
	['I want the claim old in demo gone, nobody reads it', 'delete the claim old in demo, nobody reads it'],
	['Can we have the demo service removed?', 'delete the demo service'],
	["we'd like the label old removed from demo", 'delete the label old from demo'],
	['Two things to drop: the claim old and the map older', 'delete the claim old and the map older'],
	['remove the claim old and, in demo, the map older', 'remove the claim old. Delete the map older in demo'],
	['Clear away map older and claim old', 'delete map older and claim old'],
	['Ana has left: the role binding ana-view must go', 'Ana has left: remove the role binding ana-view'],
	['the budget of demo can go, please delete it', 'remove the budget of demo'],
	['older claim must go, the data moved', 'remove older claim, the data moved'],
	['reindex and compact can go', 'remove reindex and compact'],
	['reindex 잡 폐기해주세요', 'reindex 잡 삭제해주세요'],
	['demo 인그레스만 내려주세요', 'demo 인그레스만 삭제해주세요'],
	['ana-view 롤바인딩은 이제 회수해 주세요', 'ana-view 롤바인딩은 이제 삭제해 주세요'],
	['older 서비스 걷어내줘', 'older 서비스 삭제해줘'],
	['have a closer look at demo', 'look at demo'],
	['go through the log of demo', 'look through the log of demo'],
	["demo's autoscaler has to go. Keep the deployment.", "remove demo's autoscaler. Keep the deployment."],
	['end her access by deleting role binding ana-view', 'end her access by deleting role binding ana-view'],
	['revoke role binding ana-view by deleting it', 'delete role binding ana-view'],
	['ship a different image to demo', 'change the image of demo'],
	["set demo to 1.2; once that's in, restart crane-1", 'set demo to 1.2; then restart crane-1'],
	['demo down to zero and crane-1 restarted', 'demo down to zero; restart crane-1'],
	['demo went down to zero and crane-1 restarted', 'demo went down to zero and crane-1 restarted'],
	['demo to zero, its service removed', 'demo to zero, remove its service'],
])('%s: %s', (request, plain) => {
	expect(plainVerbs(request)).toBe(plain);
});

test.each([
	'the demo deployment can go once the job is done',
	'Ana said the demo can go',
	'which claim can go?',
	'restart bin',
	'take demo down to two pods',
	'take crane-1 out, its disk is full',
	'demo 디플로이먼트 3개로 내려줘',
	'create a pod demo with command: rm -rf /cache',
	'these can wait',
	'the old label was removed',
	'the demo can not go',
])('%s stays as it is said', request => {
	expect(plainVerbs(request)).toBe(request);
});
