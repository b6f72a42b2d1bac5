import {expect, test} from 'vitest';
import {askBakery, understoodText} from '../../../support/bakery.ts';

/** What is asked, what the answer holds, and what it must not hold. */
type Row = [request: string, holds: readonly string[], not?: readonly string[]];

const rows: readonly Row[] = [
	['Which deployments are in oven?', ['resource_list {"kind":"Deployment","namespace":"oven"}']],
	['oven 네임스페이스의 디플로이먼트 목록 보여줘', ['resource_list {"kind":"Deployment","namespace":"oven"}']],
	['show me the deployments labelled team=bread', ['resource_list', '"labelSelector":"team=bread"']],
	['pods of larder, please', ['resource_list {"kind":"pods","namespace":"oven","labelSelector":"app=larder"}']],
	['Are there any cordoned nodes?', ['rack-2'], ['rack-1']],
	['cordon 안 된 노드는 어느 거야?', ['rack-1'], ['rack-2']],
	['what are the schedules of all cronjobs?', ['15 2 * * *', '0 22 * * 1-5']],
	['인그레스 호스트 알려줘', ['bread.example.org']],
	['Show service dough in oven', ['resource_describe {"kind":"Service","name":"dough","namespace":"oven"}']],
	['does the till deployment have a pod disruption budget?', ['No: counter/till has no PodDisruptionBudget']],
	['what is running in counter?', ['till', 'dough', 'close-books'], ['larder']],
	['who has the role baker?', ['hana@bakery.example']],
	['number of deployments per namespace', ['**oven**: 2', '**counter**: 2']],
	['Which image does till use?', ['bakery.example/till:2.0'], ['dough']],
	['Compare the image of dough in oven and counter', ['dough:1.4', 'dough:1.5-beta', 'differ']],
	['what image does dough run?', ['question', 'oven', 'counter']],
	['redis 쓰는 워크로드가 뭐야?', ['larder', 'redis:7.2'], ['till']],
	['tail the last 30 lines of till', ['pod_logs', '"tail":30', '"labelSelector":"app=till"', '"fold":false']],
	['till 로그에서 timeout 포함된 줄만 보여줘', ['pod_logs', '"pattern":"timeout"']],
	['any exceptions from till lately?', ['pod_logs', '"labelSelector":"app=till"', '"pattern"']],
	['the last line larder-0 printed before it died', ['"pod":"larder-0"', '"previous":true', '"tail":1']],
	['would hana get away with deleting pods in counter?', ['No:'], ['resource_list']],
	["show me whatever isn't healthy", ['oven/glaze', 'all namespaces']],
	['what would happen if I deleted the recipes configmap?', ['Deployment dough'], ['resource_delete']],
	['recipes 컨피그맵 지우면 어떻게 돼?', ['Deployment dough'], ['resource_delete']],
	['logs of larder-0 from before it crashed', ['pod_logs', '"pod":"larder-0"', '"previous":true']],
	['show errors in the logs of glaze of the last 10 minutes', ['"pattern":"error"', '"sinceMinutes":10']],
	['Any warnings in oven?', ['Readiness probe failed'], ['Image was there']],
	['glaze 이벤트 보여줘', ['Readiness probe failed'], ['Image was there']],
	['events of dough in oven during the last hour', ['No events'], ['Image was there']],
	['Who may delete pods in oven?', ['hana@bakery.example', 'owners']],
	['counter에서 파드를 삭제할 수 있는 사람은 누구야?', ['owners'], ['hana']],
	['Can hana delete pods in counter?', ['No:'], ['Yes']],
	['Is hana@bakery.example allowed to delete pods in oven?', ['Yes:', 'baker-hana']],
	['what is hana allowed to do and where?', ['Role oven/baker', 'in oven'], ['master']],
	['How many deployments are there in counter?', ['2 Deployments']],
	['oven에 컨피그맵이 몇 개야?', ['2개']],
	['How many replicas does till have?', ['wants 4 replicas']],
	['total replicas of all deployments in oven', ['5 replicas']],
	['how many cron jobs are suspended, and which?', ['1 CronJob suspended', 'nightly-proof'], ['close-books']],
	['Which workload in oven requests the most memory?', ['dough', '3Gi'], ['larder']],
	['top 2 workloads by cpu requests', ['larder', 'dough'], ['till']],
	['oven에서 CPU 요청이 제일 큰 워크로드 하나만 알려줘', ['larder', '2 CPU'], ['dough']],
	['which workloads in counter have no memory requests?', ['dough'], ['till']],
	['show the configmaps that the glaze deployment uses', ['oven/glaze uses no ConfigMap']],
	['oven에서 안 뜨는 디플로이먼트 있어?', ['glaze'], ['dough']],
	['What uses the configmap recipes?', ['Deployment dough']],
	['oven에서 안 쓰는 컨피그맵이 뭐야?', ['old-menu'], ['recipes']],
	['revision history of till', ['rollout_history {"workload":"deployment/till","namespace":"counter"}']],
	['services in counter with their ports, please', ['80→8080', 'till']],
	['cron jobs together with their schedules and time zones', ['15 2 * * *', '0 22 * * 1-5', 'time zone none']],
	['Which deployments have more than two replicas?', ['oven/dough', 'counter/till'], ['glaze']],
	['레플리카가 1개인 디플로이먼트만 보여줘', ['counter/dough'], ['till', 'glaze']],
	['Deployments with a readiness probe, which ones?', ['glaze', '9999'], ['till']],
	['readiness 프로브 없는 디플로이먼트 알려줘', ['till'], ['glaze']],
	['who owns the till deployment?', ['team sweets'], ['authors']],
	['When does close-books run, and is it suspended?', ['0 22 * * 1-5', 'suspended false']],
	['which port does the till service listen on?', ['80→8080']],
	['recipes의 rye 값이 뭐야?', ['rye = 1']],
	['how much memory do the workloads of oven request in all?', ['3584Mi']],
	['which workload in oven requests the most memory per pod? only its name', ['dough', '1Gi'], ['larder']],
	['다 더하면 oven 디플로이먼트 레플리카가 몇이야?', ['5개']],
	['Is there any redis around? Where and which version?', ['larder', 'redis:7.2'], ['till']],
	['anything still on a pre-release image?', ['dough:1.5-beta'], ['dough:1.4']],
	['What has till been printing?', ['pod_logs', '"labelSelector":"app=till"']],
	['may I delete deployments in oven?', ['permissions_check', '"verb":"delete"']],
];

test.each(rows)('%s', async (request, holds, not = []) => {
	const text = understoodText(await askBakery(request));
	for (const part of holds) expect(text).toContain(part);
	for (const part of not) expect(text).not.toContain(part);
});

/** Requests that change something are none of these, whatever reading words stand in them. */
test.each([
	'Give hana the right to list pods in counter',
	'Restart till, its logs are full of errors',
	'counter의 till을 재시작해 줄 수 있나요?',
	'Run an image bakery.example/count:1 as a job count-once in oven',
	'oven에 파드 로그를 볼 수 있는 롤 watcher를 만들어줘',
	'till needs two more replicas',
	'How about scaling till to 6?',
	'larder keeps failing, restart it',
	'Set the image of till to bakery.example/till:2.1',
])('answers nothing to: %s', async request => {
	expect((await askBakery(request)).filter(({kind}) => kind === 'answer')).toEqual([]);
});
