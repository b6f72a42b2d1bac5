import {expect, test} from 'vitest';
import {partOfIn} from '../../../../src/agents/router/words/parts-of.ts';

test.each([
	['The tier label on deployment ferry (the object, not its pods) is wrong.', 'The tier label on deployment ferry'],
	["ferry's DEBUG variable is a leftover.", "ferry's DEBUG variable"],
	['There is a stale label tier on ferry.', 'a stale label tier on ferry'],
	['No CPU limit on ferry any more.', 'the CPU limit on ferry'],
	['We can do without the nodeSelector on ferry.', 'the nodeSelector on ferry'],
	['ferry was a trial.', undefined],
	['The label printer runs as ferry.', undefined],
] as const)('%s', (text, part) => expect(partOfIn(text, 'ferry', 'en')).toBe(part));

test.each([
	['ferry의 tier 라벨이 틀렸어요', 'ferry의 tier 라벨'],
	['ferry에 붙은 tier 라벨은 필요 없어요', 'ferry에 붙은 tier 라벨'],
	['ferry는 시험용이었어요', undefined],
] as const)('%s', (text, part) => expect(partOfIn(text, 'ferry', 'ko')).toBe(part));
