import {expect, test} from 'vitest';
import {compiledFolder} from '../../src/main/compiled-folder.ts';

test.each([
	[{}, '/home/jane/.cache/mkcoa/compiled'],
	[{XDG_CACHE_HOME: '/var/cache/jane'}, '/var/cache/jane/mkcoa/compiled'],
	[{XDG_CACHE_HOME: 'cache'}, '/home/jane/.cache/mkcoa/compiled'],
	[{XDG_CACHE_HOME: ''}, '/home/jane/.cache/mkcoa/compiled'],
])('with %j compiled code is kept in %s', (environment, folder) => expect(compiledFolder(environment, '/home/jane')).toBe(folder));
