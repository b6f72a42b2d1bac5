import {expect, test} from 'vitest';
import {understood} from './made.ts';

test.each([
	['Create a deployment foo in oven', /image/],
	['Create a cronjob foo in oven with image alpine:3.22', /When should foo run/],
	['Create a configmap in oven', /called/],
	['Make a secret db in oven with password=Violet-otter', /Where do the values of Secret db come from/],
	['Create a configmap recipes in shop with a=b', /there already/],
	['Expose tart on port 80', /Which tart: in (?:shop or oven|oven or shop)/],
	['oven에 크론잡 foo 만들어줘', /이미지/],
	['Create a pod x in namespace nowhere with image alpine:3.22', /no namespace nowhere/],
])('%s is asked about', async (request, question) => {
	const [one] = await understood(request);
	expect(one).toMatchObject({kind: 'question', text: expect.stringMatching(question)});
	expect(JSON.stringify(one)).not.toContain('Violet');
});

test.each([
	[
		'Create secret login in shop with key user from $BAKERY_USER and key pass from $BAKERY_PASSWORD',
		{name: 'login', namespace: 'shop', fromEnv: ['user=BAKERY_USER', 'pass=BAKERY_PASSWORD']},
	],
	[
		'oven에 api 시크릿 만들어줘. 키 이름은 token이고 값은 환경변수 BAKERY_TOKEN에서 읽어',
		{name: 'api', namespace: 'oven', fromEnv: ['token=BAKERY_TOKEN']},
	],
	[
		'Create a secret api-key in oven with a random value of 24 characters under key token',
		{name: 'api-key', namespace: 'oven', random: ['token=24']},
	],
	['Copy secret pull from shop into oven', {name: 'pull', namespace: 'oven', copyOf: 'shop/pull'}],
	['pull 시크릿을 shop에서 oven으로 복사해줘', {name: 'pull', namespace: 'oven', copyOf: 'shop/pull'}],
	['Clone secret pull from shop to oven as pull-copy', {name: 'pull-copy', namespace: 'oven', copyOf: 'shop/pull'}],
])('%s takes its values from where nobody reads them', async (request, input) => {
	const calls = (await understood(request)).flatMap(one => (one.kind === 'calls' ? one.calls : []));
	expect(calls).toEqual([{tool: 'secret_manage', input}]);
});

test.each([
	"cake's service gets no traffic, what's wrong?",
	'Delete the bread service',
	'Scale cake to 4',
	'Which pods use configmap recipes?',
	'Start a canary of cake 2.0',
	'bread 파드가 왜 안 뜨지?',
])('%s makes nothing', async request => {
	expect((await understood(request)).filter(({kind}) => kind === 'calls')).toEqual([]);
});
