import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {json} from 'node:stream/consumers';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {startSandbox} from '../../../../../src/sandbox/start.ts';
import {runMkcoa} from '../../../../support/host.ts';
import {temporaryFolder} from '../../../../support/temporary-folder.ts';

const manifest = `# the front
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # the shop
spec:
  template:
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2   # bumped by release
`;

let kubeconfig = '';
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
	sandbox = await startSandbox({scenario: 'shop'});
	kubeconfig = join(await temporaryFolder(), 'kubeconfig');
	writeFileSync(kubeconfig, sandbox.kubeconfig);
});
afterAll(() => sandbox.stop());

const author = {
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_AUTHOR_NAME: 'Ada',
	GIT_AUTHOR_EMAIL: 'ada@example.com',
	GIT_COMMITTER_NAME: 'Ada',
	GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** A checkout with one commit, the environment of its user, and mkcoa in it. */
async function checkout(files: {readonly [path: string]: string} = {'apps/web.yaml': manifest}) {
	const home = await temporaryFolder();
	const root = join(home, 'deploy');
	const env = {...author, PATH: process.env.PATH ?? '', HOME: home};
	const git = (...args: readonly string[]) => execFileSync('git', ['-C', root, ...args], {env, encoding: 'utf8'}).trim();
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(join(root, path, '..'), {recursive: true});
		writeFileSync(join(root, path), text);
	}
	git('init', '-q', '-b', 'main');
	git('add', '-A');
	git('commit', '-qm', 'start');
	const mkcoa = (words: readonly string[], place = `${root}/apps`, more: {readonly [name: string]: string} = {}) =>
		runMkcoa([...words, '-n', 'shop', '--kubeconfig', kubeconfig, '--gitops', place], {folder: home, env: {...env, ...more}});
	return {home, root, env, git, mkcoa};
}

const rolling = ['deploy', 'rolling', 'web', '--image', 'registry.example/shop/web:1.5.0'];

test('a plan names the hooks that a commit by hand would run, wherever they lie, and runs none of them', async () => {
	const {home, root, git, mkcoa} = await checkout();
	const hooks = join(home, 'team-hooks');
	mkdirSync(hooks);
	for (const [name, mode] of Object.entries({'pre-commit': 0o755, 'commit-msg': 0o755, 'post-commit': 0o644, 'pre-push': 0o755}))
		writeFileSync(join(hooks, name), `#!/bin/sh\ntouch ${join(home, 'ran')}\nexit 1\n`, {mode});
	expect(JSON.parse((await mkcoa([...rolling, '--dry-run', '--json'])).out).plan.consequences).not.toContainEqual(
		expect.objectContaining({id: 'hooks-not-run'}),
	);
	git('config', 'core.hooksPath', hooks);
	const {plan} = JSON.parse((await mkcoa([...rolling, '--dry-run', '--json'])).out);
	expect(plan.consequences).toContainEqual({
		id: 'hooks-not-run',
		severity: 'warning',
		text: `2 hooks of ${root} do not run (pre-commit, commit-msg): the commit holds these edits and nothing else. Run what they check on ${plan.input.branch} before you merge it`,
	});
	const {code, out} = await mkcoa([...rolling, '--yes', '--json']);
	expect([code, git('rev-parse', JSON.parse(out).output.branch), existsSync(join(home, 'ran'))]).toEqual([
		0,
		JSON.parse(out).output.commit,
		false,
	]);
});

test('a change becomes a commit on a branch of its own, and neither the cluster nor the checkout is touched', async () => {
	const {home, root, git, mkcoa} = await checkout();
	writeFileSync(join(root, 'apps/web.yaml'), 'half-edited');
	const {code, out} = await mkcoa([...rolling, '--yes', '--json']);
	const {output} = JSON.parse(out);
	expect([code, output.files, output.pushedTo]).toEqual([
		0,
		[
			{
				file: 'apps/web.yaml',
				line: 11,
				removed: ['          image: registry.example/shop/web:1.4.2   # bumped by release'],
				added: ['          image: registry.example/shop/web:1.5.0   # bumped by release'],
			},
		],
		undefined,
	]);
	expect(git('diff', '--stat', 'main', output.branch)).toContain('1 file changed, 1 insertion(+), 1 deletion(-)');
	expect(git('log', '-1', '--format=%P %an %s', output.branch)).toBe(
		`${git('rev-parse', 'main')} Ada Rolling update of shop/web: registry.example/shop/web:1.4.2 → registry.example/shop/web:1.5.0`,
	);
	expect([git('branch', '--show-current'), git('status', '--porcelain')]).toEqual(['main', 'M apps/web.yaml']);
	const {out: web} = await runMkcoa(['k8s', 'get', 'deployment', 'web', '-n', 'shop', '--kubeconfig', kubeconfig], {
		folder: home,
	});
	expect(web).toContain('web:1.4.2');
});

test('the plan shows file, line and branch, and nothing is committed before the yes', async () => {
	const {git, mkcoa} = await checkout();
	const {code, err, out} = await mkcoa([...rolling, '--dry-run']);
	expect([code, git('branch', '--format=%(refname:short)')]).toEqual([0, 'main']);
	expect(out + err).toMatch(/1\. Edit apps\/web\.yaml:11: image: \S+web:1\.4\.2 +# bumped by release → image: \S+web:1\.5\.0/);
	expect(out + err).toMatch(/2\. Commit to branch mkcoa\/web-[0-9a-f]{8} of /);
});

test('what else stands on the line of an image is committed as it is, and the value of a variable is not shown', async () => {
	const line =
		'        - {name: web, image: registry.example/shop/web:1.4.2, env: [{name: PASSWORD, value: "hunter, 2"}, {name: B, value: hunter3}]}\n';
	const flow = manifest.slice(0, manifest.indexOf('        - name')) + line;
	const {git, mkcoa} = await checkout({'apps/web.yaml': flow});
	const planned = await mkcoa([...rolling, '--dry-run']);
	const done = await mkcoa([...rolling, '--yes', '--json']);
	expect([planned.code, done.code]).toEqual([0, 0]);
	expect(planned.out + planned.err + done.out + done.err).not.toMatch(/hunter/);
	const branch = git('branch', '--format=%(refname:short)')
		.split('\n')
		.find(name => name.startsWith('mkcoa/'));
	expect(git('show', `${branch}:apps/web.yaml`)).toBe(flow.replace('1.4.2', '1.5.0').trim());
});

test('the same delivery again finds its branch and does nothing', async () => {
	const {mkcoa, git} = await checkout();
	await mkcoa([...rolling, '--yes']);
	const {code, out} = await mkcoa([...rolling, '--yes', '--json']);
	expect([code, JSON.parse(out).kind, git('branch', '--list').split('\n').length]).toEqual([0, 'nothing-to-do', 2]);
	expect(JSON.parse(out).plan.summary).toMatch(/: branch mkcoa\/web-\w{8} of .* holds it already, and waits to be merged$/);
});

test('an address is cloned, the branch is pushed to it, and nothing of the clone stays', async () => {
	const {root, git, mkcoa} = await checkout();
	const {code, out, err} = await mkcoa([...rolling, '--yes', '--json'], `file://${root}#apps`);
	expect([code, err]).toEqual([0, expect.any(String)]);
	const {output} = JSON.parse(out);
	expect(output.pushedTo).toBe(`file://${root}`);
	expect(git('rev-parse', output.branch)).toBe(output.commit);
});

/** A hosting service on loopback that makes every request to merge, and what it was asked. */
async function hostingService(answered: object) {
	const seen: {readonly path: string | undefined; readonly headers: IncomingHttpHeaders; readonly body: unknown}[] = [];
	const server = createServer(async (question, answer) => {
		seen.push({path: question.url, headers: question.headers, body: await json(question)});
		answer.writeHead(201, {'content-type': 'application/json'}).end(JSON.stringify(answered));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return {seen, api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`};
}

test.each([
	{
		service: 'GitHub',
		project: 'shop/deploy',
		answered: {html_url: 'https://code.example/shop/deploy/pull/7'},
		variables: (api: string) => ({GITHUB_SERVER_URL: 'https://code.example', GITHUB_API_URL: api, GITHUB_TOKEN: 'planted-token-4711'}),
		path: '/repos/shop/deploy/pulls',
		headers: {authorization: 'Bearer planted-token-4711'},
		body: (branch: string) => ({base: 'main', head: branch}),
	},
	{
		service: 'GitLab',
		project: 'shop/europe/deploy',
		answered: {id: 1, iid: 7, web_url: 'https://code.example/shop/europe/deploy/-/merge_requests/7'},
		variables: (api: string) => ({
			CI_SERVER_URL: 'https://code.example',
			CI_API_V4_URL: `${api}/api/v4`,
			GITLAB_TOKEN: 'planted-token-4711',
		}),
		path: '/api/v4/projects/shop%2Feurope%2Fdeploy/merge_requests',
		headers: {'private-token': 'planted-token-4711'},
		body: (branch: string) => ({source_branch: branch, target_branch: 'main'}),
	},
])('with a token $service is asked to merge, and the token stands in no output and on no command line', async row => {
	const {seen, api} = await hostingService(row.answered);
	const {home, root, git, mkcoa} = await checkout();
	const [bare, remote] = [join(home, 'remote.git'), `https://code.example/${row.project}.git`];
	git('clone', '-q', '--bare', root, bare);
	git('remote', 'add', 'origin', remote);
	git('config', `url.file://${bare}.insteadOf`, remote);
	const {code, out, err} = await mkcoa([...rolling, '--yes', '--json'], `${root}/apps`, row.variables(api));
	const {output} = JSON.parse(out);
	expect([code, output.pullRequest]).toEqual([0, Object.values(row.answered).at(-1)]);
	const title = 'Rolling update of shop/web: registry.example/shop/web:1.4.2 → registry.example/shop/web:1.5.0';
	expect(seen).toMatchObject([{path: row.path, headers: row.headers, body: {...row.body(output.branch), title}}]);
	expect(out + err + git('config', '--list')).not.toContain('planted-token');
});

test.each([
	['a folder that is no checkout', '/', 'no-repository', '/ is no folder of a Git repository'],
	['a place that is not there', '/nowhere/at/all', 'no-repository', '/nowhere/at/all is no folder of a Git repository'],
	['an address that leads nowhere', 'file:///nowhere/deploy', 'clone-failed', 'file:///nowhere/deploy cannot be cloned'],
])('%s is told with what to give', async (_, place, code, what) => {
	const {mkcoa} = await checkout();
	const {code: exit, out} = await mkcoa([...rolling, '--json'], place);
	expect([exit, JSON.parse(out).error]).toMatchObject([1, {code, what, next: expect.stringContaining('--gitops')}]);
});

test('a change that stands in no file is refused with the field', async () => {
	const {mkcoa} = await checkout({'apps/other.yaml': manifest.replace('name: web #', 'name: other #')});
	const {code, out} = await mkcoa([...rolling, '--json']);
	expect([code, JSON.parse(out).error]).toMatchObject([
		1,
		{code: 'not-in-the-repository', why: 'spec.template.spec.containers[name=web].image of Deployment shop/web: no file sets it'},
	]);
});

test('a branch that moved between plan and yes is told, and nothing is committed', async () => {
	const {root, home, env, git, mkcoa} = await checkout();
	await mkcoa([...rolling, '--plan-out', join(home, 'plan.json')]);
	writeFileSync(join(root, 'apps/web.yaml'), `${manifest}# more\n`);
	git('commit', '-qam', 'meanwhile');
	const {code, out} = await runMkcoa(['apply', join(home, 'plan.json'), '--yes', '--json', '--kubeconfig', kubeconfig, '-n', 'shop'], {
		folder: home,
		env,
	});
	expect([code, JSON.parse(out).error]).toMatchObject([1, {code: 'repository-moved'}]);
	expect(git('branch', '--format=%(refname:short)')).toBe('main');
});

test('a reading tool delivers nothing', async () => {
	const {mkcoa} = await checkout();
	const {code, err} = await mkcoa(['deploy', 'status', 'web']);
	expect([code, err]).toEqual([1, expect.stringContaining('changes nothing that --gitops could be for')]);
});

test('who told Git no name is told how, and no branch is made', async () => {
	const {mkcoa, git} = await checkout();
	const nobody = {GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: ''};
	const {code, out} = await mkcoa([...rolling, '--yes', '--json'], undefined, nobody);
	expect([code, git('branch', '--list').split('\n').length]).toEqual([1, 1]);
	expect(JSON.parse(out).error).toMatchObject({code: 'git-nobody', next: expect.stringContaining('git config --global user.name NAME')});
});
