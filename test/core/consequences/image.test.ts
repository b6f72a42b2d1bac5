import {expect, test} from 'vitest';
import {told} from '../../support/consequence-world.ts';
import {deployment} from '../../support/kube-objects.ts';

test.each<[string, string, readonly string[]]>([
	['another registry', 'ghcr.io/shop/web:2', ['warning: The image of web comes from ghcr.io instead of registry.example.com']],
	[
		'no tag',
		'registry.example.com/shop/web',
		['warning: registry.example.com/shop/web has no tag: what runs may differ from pod to pod, and going back may not bring the old image'],
	],
	[
		'latest',
		'registry.example.com:5000/web:latest',
		[
			'warning: The image of web comes from registry.example.com:5000 instead of registry.example.com',
			'warning: registry.example.com:5000/web:latest is a moving tag: what runs may differ from pod to pod, and going back may not bring the old image',
		],
	],
	['a digest', `registry.example.com/shop/web@sha256:${'a'.repeat(64)}`, []],
])('an image with %s', (_, image, expected) => {
	expect(told(deployment(), deployment({container: {image}})).filter(text => text.startsWith('warning'))).toEqual(expected);
});
