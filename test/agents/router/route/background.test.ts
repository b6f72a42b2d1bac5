import {expect, test} from 'vitest';
import {isBackground} from '../../../../src/agents/router/route/background.ts';

test.each([
	'The harbour needs a notice board.',
	'radar can look after itself',
	"Radar shouldn't.",
	'ferry passed its sea trial.',
	'ferry에 공간이 필요해요',
])('%s: told beside an order', text => expect(isBackground(text)).toBe(true));

test.each([
	'ferry needs 5 replicas',
	'ferry must be restarted',
	'the tier should be gold',
	'please give ferry a break',
	'ferry is to be removed',
	'ferry 파드가 2개 더 필요해요',
])('%s: no mere background', text => expect(isBackground(text)).toBe(false));
