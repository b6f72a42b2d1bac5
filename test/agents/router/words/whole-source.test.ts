import {expect, test} from 'vitest';
import {sourcesNamed} from '../../../../src/agents/router/words/whole-source.ts';

test.each([
	[
		'create config map oven-heat with TEMP=9 and a pod that reads the whole config map as env',
		'create config map oven-heat with TEMP=9 and a pod that reads all of the config map oven-heat as env',
	],
	[
		'a secret called jam-key, and the pod takes the entire secret.',
		'a secret called jam-key, and the pod takes all of the secret jam-key.',
	],
	['oven-heat 컨피그맵 만들고 그 컨피그맵 전체를 env로', 'oven-heat 컨피그맵 만들고 oven-heat 컨피그맵 전체를 env로'],
])('a source that is pointed at has the only name of its kind: %s', (request, said) => {
	expect(sourcesNamed(request)).toBe(said);
});

test.each([
	'a pod that reads the whole config map as env',
	'config map oven-a, config map oven-b and a pod that reads the whole config map as env',
	'read the whole config map oven-heat as env',
])('no name or several: %s', request => {
	expect(sourcesNamed(request)).toBe(request);
});
