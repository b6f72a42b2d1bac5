import {expect, test} from 'vitest';
import {refuseRounded} from '../../../src/core/diff/exact-numbers.ts';
import type {Json} from '../../../src/core/json.ts';
import type {Write} from '../../../src/core/plan.ts';

const ref = {apiVersion: 'example.org/v1', kind: 'Gadget', namespace: 'shop', name: 'one'};
const patch = (text: string): Write => ({op: 'patch', ref, type: 'merge', patch: JSON.parse(text) as Json});

test.each(['9007199254740993', '-9223372036854775808', '1e20'])('%s would be written as another number, and is refused', number => {
	expect(() => refuseRounded(patch(`{"spec": {"parts": [{"serial": ${number}}]}}`))).toThrow(
		'spec.parts[0].serial is a whole number beyond 2^53',
	);
});

test.each(['9007199254740991', '0.1', '1e300', '"9007199254740993"', 'null', '1767225600000'])('%s is written as it is', number => {
	expect(() => refuseRounded(patch(`{"spec": {"serial": ${number}}}`))).not.toThrow();
});

test.each<Write>([
	{op: 'delete', ref},
	{op: 'exec', ref, command: ['echo', '9007199254740993']},
])('$op carries no number', write => {
	expect(() => refuseRounded(write)).not.toThrow();
});
