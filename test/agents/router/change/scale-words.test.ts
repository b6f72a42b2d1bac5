import {describe, expect, it} from 'vitest';
import {plainText} from '../../../../src/agents/router/change/plain-text.ts';
import {replicaChange, replicasAfter} from '../../../../src/agents/router/change/scale-words.ts';

const rows: readonly (readonly [string, object | undefined])[] = [
	['Scale web in shop to 9', {to: 9}],
	['scale the web deployment up to five replicas', {to: 5}],
	['web needs one more replica', {by: 1}],
	['Could you put two more pods on it', {by: 2}],
	['give web another pod', {by: 1}],
	['add three instances to web', {by: 3}],
	['reduce web by 2', {by: -2}],
	['scale web down by two pods', {by: -2}],
	['run web with 4 copies', {to: 4}],
	['I want six web pods', {to: 6}],
	['web should have 3 replicas', {to: 3}],
	['set replicas of web-2 to 7', {to: 7}],
	['replicas: 3 for web', {to: 3}],
	['Halve web-blue', {times: 0.5}],
	['cut web to half', {times: 0.5}],
	['Bring web up by 50%', {times: 1.5}],
	['web up by half', {times: 1.5}],
	['30 percent fewer pods for web', {times: 0.7}],
	['scale web to 150%', {times: 1.5}],
	['double web', {times: 2}],
	['three times as many web pods', {times: 3}],
	['web x2', {times: 2}],
	['Stop web for tonight, zero pods', {to: 0}],
	['web down to 1', {to: 1}],
	['web 레플리카 두 배로 늘려줘', {times: 2}],
	['web 5개로 띄워주세요', {to: 5}],
	['web을 지금의 1.5배로 맞춰주세요', {times: 1.5}],
	['web 파드 하나 더 추가해줘', {by: 1}],
	['web을 3개 늘려줘', {by: 3}],
	['web을 3개로 늘려줘', {to: 3}],
	['web 2개 줄여주세요', {by: -2}],
	['web 레플리카를 두 개로 줄여 주세요', {to: 2}],
	['web을 절반으로 줄여줘', {times: 0.5}],
	['web 레플리카 50% 늘려줘', {times: 1.5}],
	['web을 50%로 줄여줘', {times: 0.5}],
	['web 레플리카 20퍼센트 줄여줘', {times: 0.8}],
	['web 레플리카를 0으로', {to: 0}],
	['restart web', undefined],
	['web to 1.8.0', undefined],
];

describe('what becomes of the replicas', () => {
	it.each(rows)('%s', (text, change) => {
		expect(replicaChange(plainText({text}))).toEqual(change);
	});

	it.each([
		[3, {times: 0.5}, 2],
		[1, {times: 0.1}, 1],
		[10, {times: 1.1}, 11],
		[2, {by: -3}, undefined],
		[2, {by: -2}, 0],
		[6, {to: 9}, 9],
	] as const)('%i and %o make %s', (before, change, after) => {
		expect(replicasAfter(before, change)).toBe(after);
	});
});
