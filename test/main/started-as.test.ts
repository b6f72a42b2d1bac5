import {expect, test} from 'vitest';
import {startedAs} from '../../src/main/started-as.ts';

const started = (argv: readonly string[], isSea = false) =>
	startedAs({
		execPath: '/opt/node/bin/node',
		argv: [...argv],
		cwd: () => '/srv',
		platform: 'linux',
		// No more of Node is asked than this.
		getBuiltinModule: (() => ({isSea: () => isSea})) as unknown as NodeJS.Process['getBuiltinModule'],
	});

test('a script is started again by its node, by an absolute path', () => {
	expect(started(['node', 'bin/mkcoa.ts', 'mcp'])).toEqual({
		command: ['/opt/node/bin/node', '/srv/bin/mkcoa.ts'],
		folder: '/srv',
		platform: 'linux',
	});
	expect(started(['node', '/usr/local/bin/mkcoa']).command).toEqual(['/opt/node/bin/node', '/usr/local/bin/mkcoa']);
});

test('one binary is started again by itself', () => {
	expect(started(['mkcoa', 'mcp', 'install'], true).command).toEqual(['/opt/node/bin/node']);
});
