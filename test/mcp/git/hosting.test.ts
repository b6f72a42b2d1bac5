import {expect, test} from 'vitest';
import {hostingOf, remoteParts} from '../../../src/mcp/git/hosting.ts';
import {withoutPasswords} from '../../../src/mcp/git/run-git.ts';

test.each([
	['https://github.com/shop/deploy.git', 'github.com', 'shop/deploy'],
	['git@github.com:shop/deploy.git', 'github.com', 'shop/deploy'],
	['ssh://git@gitlab.example:2222/a/b/c', 'gitlab.example:2222', 'a/b/c'],
	['https://user:pass@gitlab.example/a/b/', 'gitlab.example', 'a/b'],
])('%s is on %s', (remote, host, project) => {
	expect(remoteParts(remote)).toMatchObject({host, project});
});

test.each(['/srv/git/deploy', '../deploy', 'file:///srv/git/deploy'])('%s is a folder', remote => {
	expect(remoteParts(remote)).toBeUndefined();
});

test('a token goes to the service whose own variables name it', () => {
	expect(hostingOf('git@github.com:a/b', {GITHUB_TOKEN: 't'})).toEqual({
		kind: 'github',
		api: 'https://api.github.com',
		project: 'a/b',
		token: 't',
		variable: 'GITHUB_TOKEN',
	});
	const own = {GITHUB_SERVER_URL: 'https://code.example', GITHUB_API_URL: 'https://code.example/api/v3/', GH_TOKEN: 't'};
	expect(hostingOf('https://code.example/a/b', own)).toMatchObject({api: 'https://code.example/api/v3', variable: 'GH_TOKEN'});
	expect(hostingOf('https://gitlab.com/a/b/c.git', {GITLAB_TOKEN: 't'})).toMatchObject({
		api: 'https://gitlab.com/api/v4',
		project: 'a/b/c',
	});
});

test.each([
	[
		'https://evil.example/a/b',
		{GITHUB_TOKEN: 't', GITLAB_TOKEN: 't'},
		'evil.example is neither GitHub nor GitLab as far as the environment tells',
	],
	['https://notgithub.com/a/b', {GITHUB_TOKEN: 't'}, 'notgithub.com is neither GitHub nor GitLab as far as the environment tells'],
	['https://github.com/a/b', {}, 'GITHUB_TOKEN is not set'],
	['/srv/deploy', {GITHUB_TOKEN: 't'}, 'the remote is a folder'],
	[
		'http://code.example/a/b',
		{GITHUB_SERVER_URL: 'http://code.example', GITHUB_API_URL: 'http://code.example/api/v3', GITHUB_TOKEN: 't'},
		'http://code.example/api/v3 is not encrypted',
	],
])('no token goes to %s', (remote, env, why) => {
	expect(hostingOf(remote, env)).toBe(why);
});

test('addresses lose their passwords', () => {
	expect(withoutPasswords("fatal: could not read 'https://ada:geheim@git.example/x'")).toBe(
		"fatal: could not read 'https://git.example/x'",
	);
});
