import {expect, test} from 'vitest';
import {leaksIn, planted} from './planted.ts';
import {expectCleanState, expectNoLeak, vaultShop} from './vault-shop.ts';

const shop = await vaultShop();
const pod = shop.podOf('till');

const formats = [[], ['-o', 'json'], ['-o', 'yaml'], ['--verbose']];

test.each([
	'k8s get secret vault',
	'k8s get secret vault --path .data.password',
	'k8s get secret vault --path .metadata.annotations',
	'k8s list secrets',
	'k8s list secrets --columns .data.password,.data,.metadata.annotations',
	'k8s describe secret vault',
	'k8s get deploy till',
	'k8s get deploy till --path .spec.template.spec.containers[*].env[*].value',
	'k8s get deploy till --path .spec.template.spec.containers[*].args',
	'k8s get deploy till --path .metadata.annotations',
	'k8s list deploy --columns .spec.template.spec.containers[*].env[*].value,.metadata.annotations',
	'k8s list pods --columns .spec.containers[*].env,.spec.containers[*].args',
	'k8s describe deploy till',
	`k8s describe pod ${pod}`,
	`k8s get pod ${pod}`,
	'k8s get cm till',
	'k8s get cm till --path .data',
	'k8s list cm --columns .data',
	'k8s describe cm till',
	`k8s logs ${pod}`,
	`k8s logs ${pod} --no-fold`,
	`k8s logs ${pod} --pattern ${planted.token}`,
	'k8s events -A',
	'k8s events till',
	'k8s history till',
	'k8s contexts',
	'k8s permissions',
	'k8s top pods',
	'deploy status till',
	'doctor',
])('mkcoa %s shows no secret in any format', async words => {
	for (const format of formats) {
		const printed = await shop.run([...words.split(' '), ...format]);
		expect({words, ...printed}).toMatchObject({words, code: 0});
		expectNoLeak([...words.split(' '), ...format], printed);
	}
	expectCleanState(shop);
});

test('a Secret is shown by the names and sizes of its values', async () => {
	const {out} = await shop.run(['k8s', 'get', 'secret', 'vault', '-o', 'yaml']);
	expect(out).toContain('password: ‹redacted, 18 bytes›');
	expect(out).toContain('username: ‹redacted, 4 bytes›');
});

test('what is not secret is shown', async () => {
	expect((await shop.run(['k8s', 'get', 'cm', 'till', '-o', 'yaml'])).out).toContain('mood: calm');
	expect((await shop.run(['k8s', 'get', 'deploy', 'till', '-o', 'yaml'])).out).toMatch(/name: LOG_LEVEL\n\s+value: info/);
});

test('the check finds every planted value, in every spelling', () => {
	for (const [name, value] of Object.entries(planted)) {
		const basic = Buffer.from(`user:${value}`).toString('base64');
		for (const text of [value, `{"a":"${value}"}`, Buffer.from(value).toString('base64'), basic, `?p=${encodeURIComponent(value)}`])
			expect(leaksIn(`before ${text} after`)).toEqual([name]);
	}
});
