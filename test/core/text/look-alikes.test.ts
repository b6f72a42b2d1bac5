import {expect, test} from 'vitest';
import {lookAlikes} from '../../../src/core/text/look-alikes.ts';

test.each([
	['registry.example/sh\u043ep/web:1', ['sh\u043ep is not what it looks like: its \u043e is no Latin letter (U+043E)']],
	[{url: 'https://p\u0430y.example'}, ['p\u0430y is not what it looks like: its \u0430 is no Latin letter (U+0430)']],
	['registry.example/shop/web:1', []],
	['привет, мир', []],
	['web 서비스 5µs', []],
	[3, []],
	[undefined, []],
])('of %j tells %j', (value, told) => {
	expect(lookAlikes(value)).toEqual(told);
});
