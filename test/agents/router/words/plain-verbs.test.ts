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
	'these can wait',
	'the old label was removed',
	'the demo can not go',
])('%s stays as it is said', request => {
	expect(plainVerbs(request)).toBe(request);
});
