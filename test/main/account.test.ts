import {expect, test} from 'vitest';
import {homeFolder, userName} from '../../src/main/account.ts';

const noEntry = () => {
	throw Object.assign(new Error('uv_os_get_passwd returned ENOENT'), {code: 'ERR_SYSTEM_ERROR'});
};

test.each([
	['the one of the account', () => '/home/ada', '/home/ada'],
	['none where the account has no entry', noEntry, undefined],
	['none where HOME is empty', () => '', undefined],
	['none where HOME is relative', () => 'ada', undefined],
])('the home folder is %s', (_, ask, home) => {
	expect(homeFolder(ask)).toBe(home);
});

test.each([
	['its name', 1000, () => 'ada', 'ada'],
	['its number where it has no entry', 1000, noEntry, '1000'],
	['unknown where the system has no numbers either', undefined, noEntry, 'unknown'],
])('a user is called by %s', (_, uid, ask, name) => {
	expect(userName(uid, ask)).toBe(name);
});
