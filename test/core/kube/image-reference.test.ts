import {describe, expect, test} from 'vitest';
import {isImageReference} from '../../../src/core/kube/image-reference.ts';

const hex = (length: number) => 'a'.repeat(length);

describe('a kubelet reads', () => {
	test.each([
		'nginx',
		'nginx:1.27',
		'library/nginx',
		'registry.example/shop/web:1.5.0',
		'REGISTRY.example/shop/web:1',
		'localhost:5000/web',
		'[::1]:5000/web:1',
		'a/b/c/d__e/f-g--h.i:Tag_1',
		`web@sha256:${hex(64)}`,
		`registry.example/web:1@sha256:${hex(64)}`,
		`web:${hex(128)}`,
		`${hex(255)}:1`,
	])('%s', text => expect(isImageReference(text)).toBe(true));
});

describe('a kubelet does not read', () => {
	test.each([
		'',
		' ',
		'-web',
		'web:',
		'web@',
		'a:b:c',
		'http://registry.example/web:1',
		'registry.example/Shop/Web:1',
		'registry.example//web',
		'registry.example/web/',
		'web@sha256:abc',
		`web@sha256:${hex(65)}`,
		`web:${hex(129)}`,
		`${hex(256)}:1`,
		'web:1\n',
		'web:1 --privileged',
		'$(id):1',
		'ünïcode:1',
		`${'a-'.repeat(30_000)}`,
	])('%j', text => expect(isImageReference(text)).toBe(false));
});
