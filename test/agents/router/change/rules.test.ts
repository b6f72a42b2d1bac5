import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

/** Edits of what lets others in, or bounds them, and of fields by whatever name. */
const rows: readonly (readonly [request: string, ...calls: string[]])[] = [
	[
		'network policy boat-callers should let port 7001 in, too',
		'NetworkPolicy quay/boat-callers: replace /spec/ingress [{"from":[{"podSelector":{"matchLabels":{"app":"ferry"}}}],"ports":[{"protocol":"TCP","port":7000},{"port":7001,"protocol":"TCP"}]}]',
	],
	[
		'boat-callers 네트워크폴리시에 drydock 네임스페이스도 들어올 수 있게 해줘',
		'NetworkPolicy quay/boat-callers: replace /spec/ingress [{"from":[{"podSelector":{"matchLabels":{"app":"ferry"}}},{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"drydock"}}}],"ports":[{"protocol":"TCP","port":7000}]}]',
	],
	['remove port 7000 from the network policy boat-callers', 'NetworkPolicy quay/boat-callers: replace /spec/ingress []'],
	[
		'the default memory limit of limit range berth-sizes to 512Mi',
		'LimitRange quay/berth-sizes: replace /spec/limits [{"type":"Container","default":{"cpu":"500m","memory":"512Mi"},"defaultRequest":{"memory":"64Mi"}}]',
	],
	[
		'berth-sizes 리밋레인지의 기본 메모리 요청을 96Mi로 변경해줘',
		'LimitRange quay/berth-sizes: replace /spec/limits [{"type":"Container","default":{"cpu":"500m","memory":"256Mi"},"defaultRequest":{"memory":"96Mi"}}]',
	],
	[
		'role deck-hand should also cover pods/log, same verbs',
		'Role quay/deck-hand: replace /rules [{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]},{"apiGroups":[""],"resources":["pods/log"],"verbs":["get","list"]}]',
	],
	['role deck-hand loses list', 'Role quay/deck-hand: replace /rules [{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]'],
	[
		'suspend tide-report and set its backoffLimit to 1',
		'CronJob quay/tide-report: add /spec/suspend true, add /spec/jobTemplate/spec/backoffLimit 1',
	],
	['minReadySeconds 12 for the ferry deployment', 'Deployment quay/ferry: add /spec/minReadySeconds 12'],
	[
		'ferry는 특정 노드에 몰리지 않게 톨러레이션 use=sea:NoSchedule 추가해줘',
		'Deployment quay/ferry: add /spec/template/spec/tolerations [{"key":"use","operator":"Equal","value":"sea","effect":"NoSchedule"}]',
	],
	[
		'ferry: cpu 200m/400m, memory 128Mi/256Mi',
		'Deployment quay/ferry: replace …/0/resources/requests/memory "128Mi", replace …/0/resources/limits/cpu "400m", replace …/0/resources/limits/memory "256Mi"',
	],
	[
		'the ledger budget should say maxUnavailable 1 instead of minAvailable',
		'PodDisruptionBudget quay/ledger: remove /spec/minAvailable, add /spec/maxUnavailable 1',
	],
	[
		'ferry needs HOST_NAME from spec.nodeName via the downward API',
		'Deployment quay/ferry: add …/0/env/- {"name":"HOST_NAME","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}',
	],
];

test.each(rows)('%s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});
