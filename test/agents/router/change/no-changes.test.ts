import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

test.each([
	['Scale radar to 3', /drydock.*quay|quay.*drydock/],
	// Where a thing is, is not to be labelled itself.
	['probe in quay, label tier=web', /label|understand/],
	['throwaway pod probe in quay, reg.example.org/probe:1.0.0, label tier=web so that it gets through', /label|understand/],
	['radar 재시작해줘', /drydock.*quay|quay.*drydock/],
	['Update ferry to the newest version', /tag|version/],
	['Shrink data-ledger-0 to 10Gi', /cannot shrink/],
	['charts를 20Gi로 늘려줘', /slow/],
	['grow charts', /size/],
	['give ferry 2Gi of memory', /request or the limit/],
	['raise the memory request of ferry to 4Gi', /above its limit of 1Gi/],
	['bump lights to 2.0.0', /lamp, meter/],
	['stop ferry', /zero/],
	['ferry hangs since we have no fast nodes any more, so take that away', /understand|How|Which|causes|ferry/],
	['ferry should be stopped one pod at a time', /understand/],
	['free up crane-1', /understand/],
	['scale ferry up', /How many/],
	['take WAVE_LIMIT of ferry from key WAVES of configmap ferry-settings', /has no key WAVES/],
	['roll ferry back to 1.0.0', /keeps no such revision/],
	['ferry should return to revision 9', /no such revision 9/],
	['ferry를 리비전 12로 되돌려줘', /리비전 12/],
	['roll lights back', /keeps no such revision/],
	['start a canary of ferry', /image or tag.*percentage/],
	['set the minimum of the ferry autoscaler to 9', /above its maximum of 6/],
])('asks before it guesses: %s', async (request, about) => {
	const [line, ...more] = await changesOf(request);
	expect(line).toMatch(/^question: /);
	expect(line).toMatch(about);
	expect(more).toEqual([]);
});

test.each([
	'ferry went from 3 to 2 pods',
	'ferry crashes since the update to 3.1.0',
	'is it safe to restart ferry',
	'should we scale ferry to 9?',
	'may ana restart ferry',
	'how do I scale ferry to 5',
	'the docs say to set replicas of ferry to 5',
	"don't restart ferry",
	'never scale ferry to 0',
	'restart ferry every night at 3',
	'set the colour of ferry to 7',
	'add a PDB for ferry with at least 1 available',
	'create a deployment ferry-2 with 3 replicas of ferry:1.0.0',
	'make a network policy that lets ferry talk to dock on 7000',
	'ferry 재시작하지 마',
	'ferry 파드가 3개인지 확인해줘',
	'ferry가 2개밖에 안 떠 있어',
	'ferry 3.1.0 배포 후에 에러가 늘었어',
	'ferry를 매일 재시작해줘',
])('changes nothing by what is told, asked, forbidden, recurring or new: %s', async request => {
	const [line, ...more] = await changesOf(request);
	expect(line).toMatch(/^question: .*(?:not understand|이해하지 못했습니다)/);
	expect(more).toEqual([]);
});
