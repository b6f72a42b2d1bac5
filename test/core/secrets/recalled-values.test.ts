import {expect, test} from 'vitest';
import type {Json} from '../../../src/core/json.ts';
import type {Write} from '../../../src/core/plan.ts';
import {recalledValues} from '../../../src/core/secrets/recalled-values.ts';

const write = (patch: Json): Write => ({
	op: 'patch',
	ref: {apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'db'},
	type: 'merge',
	patch,
});

test.each<[string, Json, Json, object | undefined]>([
	['a whole value', {data: {a: '‹sealed:a›'}}, {data: {a: 'eA==', other: 'eQ=='}}, {'‹sealed:a›': 'eA=='}],
	['parts of a text', ['a=‹sealed:a›\nb=‹sealed:b›\n'], ['a=1=2\nb=\n\n'], {'‹sealed:a›': '1=2', '‹sealed:b›': '\n'}],
	['a text without values', {data: {a: 'b'}}, {}, {}],
	['nothing there', {data: {a: '‹sealed:a›'}}, {data: {}}, undefined],
	['another text around', ['a=‹sealed:a›;'], ['b=1;'], undefined],
	['another end', ['a=‹sealed:a›;'], ['a=1'], undefined],
	['no text', ['‹sealed:a›'], [1], undefined],
])('values are read out of a whole payload: %s', (_case, sealed, whole, values) => {
	expect(recalledValues(write(sealed), whole)).toEqual(values);
});
