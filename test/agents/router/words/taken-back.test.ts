import {expect, test} from 'vitest';
import {isTakenBack} from '../../../../src/agents/router/words/taken-back.ts';

test.each([
	'Restart ferry. No wait, let me ask the harbour master',
	'ferry to 4 - actually, leave it',
	'drop the tides map. Only joking!',
	'Restart ferry? Nope.',
	'ferry to 2.0.0, still waiting for the go-ahead',
	'ferry 재시작해 주세요. 아니다, 그냥 두세요',
	'ferry 4개로 늘려줘. 하지 마.',
	'tides 지워줘, 농담이에요',
])('%s: taken back', text => expect(isTakenBack(text)).toBe(true));

test.each([
	'Restart ferry. Leave radar as it is.',
	"Restart ferry, don't touch radar",
	'ferry는 4개로, radar는 그냥 둬',
	'let me have 4 ferry pods',
	'ferry 재시작하지 말고 radar만 늘려줘',
])('%s: an order', text => expect(isTakenBack(text)).toBe(false));
