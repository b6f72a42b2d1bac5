import {expect, test} from 'vitest';
import {askBakery, understoodText} from '../../../support/bakery.ts';

const selector = '{\\"spec\\":{\\"selector\\":{\\"app\\":\\"till\\"}}}';
const probe = '\\"path\\":\\"/spec/template/spec/containers/0/readinessProbe/httpGet/port\\",\\"value\\":8080';

/** What is asked, and what comes of it. */
test.each([
	['Why does nobody reach till?', ['answer', 'app=tlil', 'app=till']],
	['till 서비스에 접속이 안 돼요. 왜 그럴까요?', ['answer', 'app=tlil']],
	['glaze is not ready, any idea?', ['answer', '9999', '8080']],
	['the glaze pod stays unready, check its probe and correct it', ['resource_patch', probe]],
	['glaze가 계속 준비가 안 돼. 프로브 확인해서 고쳐줘', ['resource_patch', probe]],
	['till 서비스로 붙으면 connection refused야. 파드는 건드리지 말고 서비스 셀렉터 바로잡아줘', ['resource_patch', selector]],
	['glaze는 안 떠. 뭔가 막는 설정을 빼줘', [], ['resource_patch']],
	['glaze 파드가 왜 준비가 안 되지?', ['answer', '9999']],
	['why does nightly-proof never run?', ['answer', 'suspended']],
	['Why can no pod be placed on rack-2?', ['answer', 'cordoned']],
	['Why is hana forbidden to read pod logs in oven?', ['answer', 'pods/log', 'get']],
	['What is broken in oven?', ['answer', 'glaze'], ['till']],
	['oven에 무슨 문제 있어?', ['answer', 'glaze']],
	[
		'What is broken?',
		[
			'answer',
			'the gravest first',
			'oven/glaze',
			'counter/till',
			'Metrics were not looked at, and of logs only the last lines of what ended',
		],
	],
	['why is larder down?', ['answer', 'Nothing was found', 'not enough']],
	['Why is dough so slow?', ['question', 'oven', 'counter']],
	['the rollout of glaze hangs', ['answer', '9999']],
	['Upgrade till, a fix was released', ['question'], ['resource_patch']],
	['what makes glaze unready?', ['answer', '9999']],
	['hana gets forbidden on pod logs in oven', ['answer', 'pods/log']],
	['I expected glaze to be ready by now', ['answer', '9999']],
	['glaze 프로브 문제 같은데 확인해줘', ['answer', '9999']],
	['take a quick look at glaze, something is off there', ['answer', '9999']],
	['glaze sits at 0 of 1 ready since the last rollout. Only the cause, please', ['answer', '9999'], ['keeps it']],
	['glaze가 준비 상태로 안 넘어갑니다. 이유만 봐 주세요, 고치지는 말고요', ['answer', '9999'], ['resource_patch']],
	['Something is off with glaze: no fixing yet. What ails it?', ['answer', '9999'], ['resource_patch']],
	['glaze 배포가 끝나질 않아요. 확인해 주세요', ['answer', '9999']],
	['customers cannot reach till. Tell me what is behind that', ['answer', 'app=tlil']],
	['Nobody can reach till. Please find out why and fix it.', ['resource_patch', selector]],
	['till 서비스가 트래픽을 못 받아요. 고쳐주세요.', ['resource_patch', selector]],
	['till has no readiness probe. Add one: TCP, port 8080', ['readinessProbe'], [selector]],
	["purge the cron job nightly-proof, it won't be resumed", ['nightly-proof'], ['suspend']],
	['fix glaze', ['resource_patch', probe]],
	['glaze가 안 떠요, 디플로이먼트를 고쳐줘', ['resource_patch', probe]],
	['Repair the readiness of glaze', ['resource_patch', probe]],
	['nightly-proof does not run any more, get it working again', ['resource_patch', '\\"suspend\\":false']],
	['hana gets forbidden when reading pod logs in oven. Correct the role.', ['resource_patch', '"name":"baker"', '\\"get\\"']],
	[
		'glaze stays unready: its readiness probe knocks at the wrong door. Point the probe at the port that is there.',
		['resource_patch', probe],
	],
	["till's service has a slip in its selector. Put the selector right, the deployment stays as it is.", ['resource_patch', selector]],
	['till 서비스 셀렉터에 오타가 있네요. 바로잡아 주세요', ['resource_patch', selector]],
	["Nobody gets through to till. Mend the service and don't edit or restart the deployment.", ['resource_patch', selector]],
	['till 서비스로 접속하면 안 열려요. 서비스만 고쳐 주시고 디플로이먼트는 건드리지 마세요', ['resource_patch', selector]],
	['till 서비스로 붙으면 연결이 거부돼. 서비스 셀렉터 고쳐줘', ['resource_patch', selector]],
	['glaze is up but not ready. Repair what is wrong with it.', ['resource_patch', probe]],
	[
		'hana cannot read pod logs in oven because the role lacks a verb. Add get to the role.',
		['resource_patch', '"name":"baker"', '\\"get\\"'],
	],
	['glaze never becomes ready, I suspect its probe. Please set right whatever is wrong with it.', ['resource_patch', probe]],
	['Nothing arrives at till. Have it select the right pods again.', ['resource_patch', selector]],
	['till 서비스가 먹통이에요. 손봐 주세요', ['resource_patch', selector]],
	['glaze 준비가 계속 실패해요, 동작하게 해 주세요', ['resource_patch', probe]],
	['hana가 oven에서 파드 로그를 못 읽어요. 읽히게 해 주세요', ['resource_patch', '"name":"baker"', '\\"get\\"']],
	['hana가 파드 로그를 못 읽는데 바로잡아 주실 수 있나요?', ['resource_patch', '"name":"baker"', '\\"get\\"']],
	['glaze is not ready, its probe fails. Restart glaze.', ['workload_restart'], ['resource_patch']],
	['glaze is not ready. Set its readiness probe period to 20 seconds.', ['periodSeconds'], ['8080']],
	['fix larder', ['question', 'What should be changed?']],
] as [string, string[], string[]?][])('%s', async (request, holds, not = []) => {
	const text = understoodText(await askBakery(request));
	for (const part of holds) expect(text).toContain(part);
	for (const part of not) expect(text).not.toContain(part);
});

test('makes no plan of a complaint that asks for nothing', async () => {
	const understood = await askBakery('Nobody can reach till.');
	expect(understood.map(({kind}) => kind)).toEqual(['answer']);
});
