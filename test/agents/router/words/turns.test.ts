import {expect, test} from 'vitest';
import {turnsIn} from '../../../../src/agents/router/words/turns.ts';

test.each([
	['ferry to 5, no wait, 4', 'ferry to 5, ', '4'],
	['Restart ferry. Scratch that, I meant radar', 'Restart ferry. ', 'radar'],
	['ferry to 4 … er, 3', 'ferry to 4 … ', '3'],
	['I first wanted LEVEL=debug on ferry, but that is too loud. Make it warn', 'set LEVEL=debug on ferry', 'Make it warn'],
	['ferry 재시작해줘, 아 아니 radar로', 'ferry 재시작해줘, ', 'radar로'],
	['이름은 tides로 만들어줘. 음, tides 말고 charts', '이름은 tides로 만들어줘. ', '음, tides 말고 charts'],
])('%s', (text, before, after) => expect(turnsIn(text)[0]).toMatchObject({before, after}));

test.each([
	'no more than 5 replicas for ferry, please',
	'Sorry for the noise: restart ferry',
	'the radar deployment is the one I mean, restart it',
	'restart ferry and wait for it',
	'ferry를 다시 재시작해줘',
	'radar 말고 ferry를 재시작해줘',
])('%s: goes straight on', text => expect(turnsIn(text)).toEqual([]));
