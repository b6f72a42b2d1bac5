import {expect, test} from 'vitest';
import {guards, intents, telling, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {bakery} from './bakery.ts';
import {manifestsOf} from './made.ts';

const understood = (request: string) => route(request, bakery, {guards, wholes, intents, telling, nowMs: 0});

const container = (fields: object) => ({spec: {template: {spec: {containers: [fields]}}}});
const rights = (verbs: readonly string[], resources: readonly string[]) => ({rules: [{resources, verbs}]});

// Each says something beside the plain order that a plan could lack without anybody noticing.
const rows: readonly (readonly [request: string, ...objects: object[]])[] = [
	['oven에 파드 stir 생성, busybox:1.37, 재시작 정책은 Never', {spec: {restartPolicy: 'Never'}}],
	['파드 stir를 oven에 띄워줘. busybox:1.37, 죽어도 재시작은 절대 안 하게', {spec: {restartPolicy: 'Never'}}],
	[
		'Create a config map heat in shop with TEMP=200 and have bread read all of it as environment.',
		{kind: 'ConfigMap', data: {TEMP: '200'}},
	],
	['bread의 파드가 동시에 두 개 이상 빠지지 않게 PDB bread-guard 만들어줘', {spec: {maxUnavailable: 1}}],
	['a PDB for bread so that no two pods are down at once', {spec: {maxUnavailable: 1}}],
	['bread에 maxUnavailable 2짜리 bread-budget 만들어줘', {kind: 'PodDisruptionBudget', spec: {maxUnavailable: 2}}],
	[
		'pod stir in oven, busybox:1.37; STIRUSER is dana and STIRHOST should be bread',
		{
			spec: {
				containers: [
					{
						env: [
							{name: 'STIRUSER', value: 'dana'},
							{name: 'STIRHOST', value: 'bread'},
						],
					},
				],
			},
		},
	],
	['pod stir in oven, busybox:1.37, has to land on a node with heat=high', {spec: {nodeSelector: {heat: 'high'}}}],
	[
		'deployment crumb in oven of busybox:1.37 on 3 pods. They are critical (use that priority class).',
		{spec: {replicas: 3, template: {spec: {priorityClassName: 'critical'}}}},
	],
	['job crumb in oven, busybox:1.37, a hard stop after 5 minutes', {spec: {activeDeadlineSeconds: 300}}],
	[
		'oven has no limit range. Add one, oven-sizes: containers that say nothing get 100m/128Mi as request and 400m/512Mi as limit.',
		{kind: 'LimitRange', metadata: {name: 'oven-sizes', namespace: 'oven'}},
	],
	[
		'oven에 oven-quota를 걸어줘. limits.memory 8Gi, 파드 20개까지',
		{kind: 'ResourceQuota', metadata: {name: 'oven-quota'}, spec: {hard: {'limits.memory': '8Gi', pods: '20'}}},
	],
	[
		'group ops should look at and delete pods in oven. I think get, list and delete are enough. Role sweep, binding sweep-ops, group name ops.',
		rights(['get', 'list', 'delete'], ['pods']),
		{kind: 'RoleBinding', metadata: {name: 'sweep-ops'}},
	],
	[
		'bread 서비스 bread-in 만들어줘. 443번으로 받아서 8443으로 보내면 돼.',
		{kind: 'Service', spec: {ports: [{port: 443, targetPort: 8443}]}},
	],
	['create a deployment echo in oven with busybox:1.37', {metadata: {name: 'echo'}}],
	['pod stir in oven, busybox:1.37, restart policy set to OnFailure', {spec: {restartPolicy: 'OnFailure'}}],
	['Create a pod crumb in oven with busybox:1.37 and priority class high.', {spec: {priorityClassName: 'high'}}],
	['oven에 우선순위 클래스 critical로 busybox:1.37 파드 crumb 하나 만들어줘', {spec: {priorityClassName: 'critical'}}],
	['oven에 busybox:1.37 true 잡 crumb 만들어줘', container({image: 'busybox:1.37', command: ['true']})],
	['oven에 busybox:1.37 이미지로 true만 돌리는 잡 crumb 하나 만들어줘', container({command: ['true']})],
	['Make a job crumb in oven with busybox:1.37 that echoes "all baked"', container({command: ['echo', 'all baked']})],
	[
		'A job crumb in oven with busybox:1.37, running true, kept around for 2 hours.',
		{spec: {ttlSecondsAfterFinished: 7200, template: {spec: {containers: [{command: ['true']}]}}}},
	],
	[
		'Cron job crumb in oven every 20 minutes with busybox:1.37 running `true`, runs not older than 20 minutes.',
		{spec: {schedule: '*/20 * * * *', startingDeadlineSeconds: 1200}},
	],
	[
		'Create pod crumb in oven with busybox:1.37 tolerating heat equals high NoSchedule',
		{spec: {tolerations: [{key: 'heat', operator: 'Equal', value: 'high', effect: 'NoSchedule'}]}},
	],
	['Pod labelled shift equals night named crumb in oven, busybox:1.37', {metadata: {labels: {shift: 'night'}}}],
	['Create a pod once in oven with busybox:1.37, command `sleep 60`.', {metadata: {name: 'once'}}],
	['A pod named crumb in oven from busybox:1.37, env MODE=dry-run, requesting 1 CPU', {spec: {containers: [{env: [{value: 'dry-run'}]}]}}],
	['oven에 crumb 파드 하나, busybox:1.37, env NOTE=휴무안내 넣어서.', {spec: {containers: [{env: [{name: 'NOTE', value: '휴무안내'}]}]}}],
	['Roll out a brand-new deployment rusk for oven: two pods of acme/rusk:0.1.0', {metadata: {name: 'rusk'}}],
	['The crew wants a rusk deployment live in oven. Its image is acme/rusk:0.1.0', {metadata: {name: 'rusk'}}],
	['In oven, bring up rate-rusk as a Deployment of two: acme/rate-rusk:0.1.0', {metadata: {name: 'rate-rusk'}}],
	['Run acme/rusk:0.1.0 in oven as deployment rusk-9', {metadata: {name: 'rusk-9'}}],
	['Two namespaces please: fair, feast', {metadata: {name: 'fair'}}, {metadata: {name: 'feast'}}],
	['네임스페이스 두 개 필요해: fair, fair-db', {metadata: {name: 'fair'}}, {metadata: {name: 'fair-db'}}],
	['Could we get a namespace fair, label team=feast?', {metadata: {name: 'fair', labels: {team: 'feast'}}}],
	[
		'Could you add a config map named keep to shop, with days set to 15, size to 30GB and tight to false?',
		{metadata: {name: 'keep'}, data: {days: '15', size: '30GB', tight: 'false'}},
	],
	[
		'Quota oven-cap in oven: 50 pods, 20 requested cores and 64Gi of requested memory',
		{spec: {hard: {pods: '50', 'requests.cpu': '20', 'requests.memory': '64Gi'}}},
	],
	['Create deployment front in oven with nginx:1.29, 2 replicas', {metadata: {name: 'front'}, spec: {replicas: 2}}],
	['oven에 front 디플로이먼트 nginx:1.29로 2개', {metadata: {name: 'front'}, spec: {replicas: 2}}],
	['pod crumb in oven, busybox:1.37, true, only on nodes in zone a', {spec: {nodeSelector: {'topology.kubernetes.io/zone': 'a'}}}],
	['oven에 busybox:1.37 파드 crumb, 리전 kr-1 노드에만, sleep 600', {spec: {nodeSelector: {'topology.kubernetes.io/region': 'kr-1'}}}],
	[
		'A pod called crumb in oven running busybox:1.37 with args --verbose and --port=80, working directory /srv',
		{spec: {containers: [{args: ['--verbose', '--port=80'], workingDir: '/srv'}]}},
	],
	['pod crumb in oven with nginx:1.29, annotation note "keep me"', {metadata: {annotations: {note: 'keep me'}}}],
	['pod crumb in oven with nginx:1.29, label tier frontend, image pull policy Always', {metadata: {labels: {tier: 'frontend'}}}],
	[
		'Could you bring up an nginx:1.29 deployment named crumb in oven, env REGION set to eu-west and MODE to read-only?',
		container({
			env: [
				{name: 'REGION', value: 'eu-west'},
				{name: 'MODE', value: 'read-only'},
			],
		}),
	],
	[
		'Make ingress loaf in shop so loaf.acme.io lands on bread 80. Class nginx, TLS from loaf-tls.',
		{metadata: {name: 'loaf'}, spec: {ingressClassName: 'nginx', tls: [{hosts: ['loaf.acme.io'], secretName: 'loaf-tls'}]}},
	],
	[
		'Publish loaf.acme.io over https for service bread, port 80: ingress loaf in shop, cert from loaf-tls.',
		{spec: {tls: [{secretName: 'loaf-tls'}]}},
	],
	['ingress loaf in shop, loaf.acme.io to bread:80, secured by the loaf-tls certificate', {spec: {tls: [{secretName: 'loaf-tls'}]}}],
	['shop에 loaf 인그레스 추가: loaf.acme.io → bread:80, loaf-tls로 TLS 종료', {spec: {tls: [{secretName: 'loaf-tls'}]}}],
	[
		'dana@example.com이 shop 컨피그맵을 보고 고칠 수 있게 해줘(get, list, patch). 롤과 바인딩 이름은 둘 다 cm-fix.',
		rights(['get', 'list', 'patch'], ['configmaps']),
		{kind: 'RoleBinding'},
	],
	[
		'Group tasters may look at pods and services of shop, nothing beyond get and list: role peek, binding peek-tasters.',
		rights(['get', 'list'], ['pods', 'services']),
		{metadata: {name: 'peek-tasters'}},
	],
	[
		'Group tasters gets read-only access to services and configmaps in shop through a role svc-peek and a role binding that is also named svc-peek.',
		rights(['get', 'list', 'watch'], ['services', 'configmaps']),
		{metadata: {name: 'svc-peek'}, roleRef: {name: 'svc-peek'}},
	],
	[
		'Let group tasters read pods in shop. Role pod-peek, bound to them under the name tasters-peek.',
		{metadata: {name: 'pod-peek'}},
		{metadata: {name: 'tasters-peek'}},
	],
	[
		'oven의 baker 서비스어카운트가 deployments를 get, patch 할 수 있는 롤 dough-lite를 만들고 baker-lite라는 이름으로 바인딩해줘',
		{metadata: {name: 'dough-lite'}},
		{metadata: {name: 'baker-lite'}},
	],
	[
		'ServiceAccount baker of oven needs a role in shop, log-peek: get on pods and pods/log. Name the binding log-peek-baker.',
		{metadata: {name: 'log-peek', namespace: 'shop'}},
		{metadata: {name: 'log-peek-baker'}},
	],
	[
		'The inspectors are group audit. They are to see namespaces and nodes everywhere, get and list only: cluster role look-round, plus a ClusterRoleBinding with that same name.',
		{kind: 'ClusterRole', metadata: {name: 'look-round'}, ...rights(['get', 'list'], ['namespaces', 'nodes'])},
		{kind: 'ClusterRoleBinding', metadata: {name: 'look-round'}},
	],
	[
		'CronJob knead in oven, acme/knead:1.0, Sundays at 4 am. If the last run is still going, replace it.',
		{spec: {concurrencyPolicy: 'Replace'}},
	],
	['oven에 크론잡 knead, acme/knead:1.0, 매일 4시. 이전 실행이 안 끝났으면 새 걸로 교체.', {spec: {concurrencyPolicy: 'Replace'}}],
	['oven에 크론잡 knead, acme/knead:1.0, 매일 4시. 이전 실행이 아직 돌고 있으면 건너뛰기.', {spec: {concurrencyPolicy: 'Forbid'}}],
	[
		'Deployment bun in oven, acme/bun:1.0, 2 pods. LOG_LEVEL has to be warn and REGION must be kr.',
		container({
			env: [
				{name: 'LOG_LEVEL', value: 'warn'},
				{name: 'REGION', value: 'kr'},
			],
		}),
	],
	[
		'shop needs jam as a stateful set, image acme/jam:2.0. Every replica keeps 15Gi of class fast under /jam. No service, please.',
		{spec: {volumeClaimTemplates: [{spec: {storageClassName: 'fast', resources: {requests: {storage: '15Gi'}}}}]}},
	],
	[
		'I need a configmap bun-config (LANG=ko) in oven, and beside it a deployment bun, acme/bun:1.0, that loads its environment from that configmap.',
		{kind: 'ConfigMap', data: {LANG: 'ko'}},
		container({envFrom: [{configMapRef: {name: 'bun-config'}}]}),
	],
	[
		'Stand up jam in oven as a statefulset of 3: image acme/jam:2.0, 10Gi per pod from fast at /jam, plus the headless service jam for it (port 5672).',
		{kind: 'Service', spec: {ports: [{name: 'port-5672', port: 5672}]}},
		{spec: {replicas: 3}},
	],
	[
		'In oven we need jam as a statefulset of two, acme/jam:2.0, and 8123 through a headless service of the same name.',
		{kind: 'Service', metadata: {name: 'jam'}, spec: {ports: [{port: 8123}]}},
		{spec: {replicas: 2}},
	],
	[
		"statefulset jam in oven, acme/jam:2.0, two pods with 2Gi of fast each on /jam. I'll write the service myself, so leave that out.",
		{kind: 'StatefulSet', spec: {replicas: 2}},
	],
	[
		"StatefulSet jam in oven (acme/jam:2.0). Its 15Gi volume comes from fast and is mounted at /jam. We'll do the service later.",
		{spec: {volumeClaimTemplates: [{metadata: {name: 'data'}}]}},
	],
	['Process 12 trays three at a time with job bake in oven, acme/bake:1.0.', {spec: {completions: 12, parallelism: 3}}],
	['oven에 잡 bake, acme/bake:1.0, 쟁반 12개를 3개씩 처리', {spec: {completions: 12, parallelism: 3}}],
	[
		'October has to be baked again: job bake-oct in oven, acme/bake:1.0, args `--month 2026-10`, parallelism 3.',
		{kind: 'Job', spec: {parallelism: 3}},
	],
	[
		'Need something to poke at the tills from: pod poke in shop, busybox:1.37, memory capped at 128Mi.',
		{metadata: {name: 'poke'}, spec: {containers: [{resources: {limits: {memory: '128Mi'}}}]}},
	],
	[
		'pod poke for shop, busybox:1.37, pinned to node rack-2 through kubernetes.io/hostname',
		{spec: {nodeSelector: {'kubernetes.io/hostname': 'rack-2'}}},
	],
	[
		'The bakers hand over a new service: run acme/bun:1.0 in oven as deployment bun, 2 pods listening on 8070',
		{kind: 'Deployment', metadata: {name: 'bun'}, spec: {replicas: 2}},
	],
	[
		'Two throwaway pods for oven, poke-a and poke-b, each busybox:1.37; poke-b additionally gets a 32Mi memory limit.',
		{metadata: {name: 'poke-a'}, spec: {containers: [{image: 'busybox:1.37'}]}},
		{metadata: {name: 'poke-b'}, spec: {containers: [{resources: {limits: {memory: '32Mi'}}}]}},
	],
	['Create 2 pods in oven, poke-a and poke-b, busybox:1.37.', {metadata: {name: 'poke-a'}}, {metadata: {name: 'poke-b'}}],
	['oven에 poke-a, poke-b 파드 두 개를 busybox:1.37로 띄워줘', {kind: 'Pod', metadata: {name: 'poke-a'}}, {metadata: {name: 'poke-b'}}],
	[
		'oven gets two new deployments of nginx:1.29, gate-a and gate-b. The former with 3 replicas, the latter with 1.',
		{metadata: {name: 'gate-a'}, spec: {replicas: 3}},
		{metadata: {name: 'gate-b'}, spec: {replicas: 1}},
	],
	[
		'fair-a, fair-b 이름으로 namespace 두 개 파줘. 라벨은 둘 다 env=demo.',
		{metadata: {name: 'fair-a', labels: {env: 'demo'}}},
		{metadata: {name: 'fair-b', labels: {env: 'demo'}}},
	],
	['네임스페이스 두 개 필요해: ad-fair랑 ad-stall, 둘 다 team=ads 라벨로.', {metadata: {name: 'ad-fair'}}, {metadata: {name: 'ad-stall'}}],
	['I want nginx:1.29 running twice in oven as deployment gate (port 80)', {spec: {replicas: 2}}],
	[
		'Give the till deployment its own cluster-internal service till, 9000 through to 9000.',
		{kind: 'Service', metadata: {name: 'till'}, spec: {type: 'ClusterIP', ports: [{port: 9000}]}},
	],
	[
		"I need till-hl, headless, over till's pods; its port is 9000, called grpc.",
		{kind: 'Service', metadata: {name: 'till-hl'}, spec: {clusterIP: 'None', ports: [{port: 9000, name: 'grpc'}]}},
	],
	[
		'till 파드용 ClusterIP 서비스를 k6라는 이름으로 만들어줘. 포트도 타깃도 6565.',
		{metadata: {name: 'k6'}, spec: {ports: [{port: 6565, targetPort: 6565}]}},
	],
	[
		'QA wants the till from outside: NodePort till-qa, port 80 to 9000, node port 30808.',
		{metadata: {name: 'till-qa'}, spec: {type: 'NodePort', ports: [{port: 80, targetPort: 9000, nodePort: 30_808}]}},
	],
	[
		'till has no service yet. Add a cluster-internal one of the same name, 443 in front of 9443.',
		{kind: 'Service', metadata: {name: 'till'}, spec: {ports: [{port: 443, targetPort: 9443}]}},
	],
	[
		'bread needs a disruption budget with maxUnavailable 1. Same for cake.',
		{kind: 'PodDisruptionBudget', metadata: {name: 'bread'}},
		{kind: 'PodDisruptionBudget', metadata: {name: 'cake'}, spec: {maxUnavailable: 1}},
	],
	[
		'pdb for bread (bread-pdb, min 1 available) and one for cake (cake-pdb, min 2)',
		{metadata: {name: 'bread-pdb'}, spec: {minAvailable: 1}},
		{metadata: {name: 'cake-pdb'}, spec: {minAvailable: 2}},
	],
	[
		'bread랑 cake 각각 PDB 만들어 주세요. bread는 최소 3개, cake는 최소 2개 살아 있어야 합니다.',
		{spec: {minAvailable: 3}},
		{spec: {minAvailable: 2}},
	],
	[
		'네임스페이스 fair를 만들고, 요청(requests) 합계가 cpu 3, 메모리 6Gi를 못 넘게 쿼터 fair-cap도 같이 걸어줘.',
		{kind: 'Namespace'},
		{metadata: {name: 'fair-cap'}, spec: {hard: {'requests.cpu': '3', 'requests.memory': '6Gi'}}},
	],
	[
		'fair-day 네임스페이스를 만들고 거기에 파드 25개, requests.cpu 6코어로 제한하는 쿼터도 걸어줘.',
		{kind: 'Namespace'},
		{metadata: {namespace: 'fair-day'}, spec: {hard: {'requests.cpu': '6', pods: '25'}}},
	],
	[
		'fair 네임스페이스 하나 만들어서 팀 라벨 team=fair 붙이고, 쿼터 fair-cap으로 파드 8개, 메모리 제한 합계 16Gi 걸어줘',
		{metadata: {name: 'fair', labels: {team: 'fair'}}},
		{metadata: {name: 'fair-cap'}, spec: {hard: {'limits.memory': '16Gi', pods: '8'}}},
	],
	[
		'oven에 쿼터 tight 걸어줘. 파드 5개, cpu 요청 합계 2, 메모리 요청 합계 4Gi까지만.',
		{metadata: {name: 'tight'}, spec: {hard: {'requests.cpu': '2', 'requests.memory': '4Gi', pods: '5'}}},
	],
	[
		'In oven, create a claim crumbs (8Gi, fast) and a configmap crumbs-conf with TTL=60.',
		{kind: 'PersistentVolumeClaim', spec: {storageClassName: 'fast'}},
		{kind: 'ConfigMap', data: {TTL: '60'}},
	],
	[
		'oven에 crumbs용 PVC가 필요한데 이름도 crumbs로, 크기는 3Gi만 잡아주세요. fast에 ReadWriteOnce입니다.',
		{metadata: {name: 'crumbs'}, spec: {storageClassName: 'fast'}},
	],
	['컨피그맵 oncall (oven): first는 sujin, tz는 Asia/Seoul 로 등록', {data: {first: 'sujin', tz: 'Asia/Seoul'}}],
	['immutable로 bake-hours 컨피그맵 하나, oven에. start=09:00 end=18:00', {metadata: {name: 'bake-hours'}, immutable: true}],
	[
		'For the fair: namespaces fair-dev (label env=dev) and fair-prod (env=production), team=fair on each.',
		{metadata: {labels: {env: 'dev', team: 'fair'}}},
		{metadata: {labels: {env: 'production', team: 'fair'}}},
	],
	[
		'Nothing in shop may be reached from outside its own namespace; pods inside may talk to each other. NetworkPolicy shop-inner.',
		{metadata: {name: 'shop-inner'}, spec: {policyTypes: ['Ingress'], ingress: [{from: [{podSelector: {}}]}]}},
	],
	['Nothing in oven may connect anywhere. NetworkPolicy oven-quiet.', {spec: {podSelector: {}, policyTypes: ['Egress']}}],
	['No pod in oven may send anything out by default. Make a network policy no-egress for that.', {spec: {policyTypes: ['Egress']}}],
	[
		'shop till이 밖으로 보내는 트래픽은 목적지 상관없이 443/TCP만 허용해줘. 정책 이름은 till-out이고, 인그레스 쪽은 그대로 둬.',
		{spec: {policyTypes: ['Egress'], egress: [{ports: [{port: 443, protocol: 'TCP'}]}]}},
	],
	[
		'Deployment bun in oven from nginx:1.29: readiness GET / on 80 every 5 seconds, liveness tcp 80, startup probe GET / with 30 failures allowed',
		container({
			readinessProbe: {httpGet: {path: '/', port: 80}, periodSeconds: 5},
			livenessProbe: {tcpSocket: {port: 80}},
			startupProbe: {httpGet: {path: '/', port: 80}, failureThreshold: 30},
		}),
	],
	[
		'Daemonset smoke in oven, busybox:1.37 `sleep 1d`, on all nodes incl. control plane',
		{spec: {template: {spec: {tolerations: [{key: 'node-role.kubernetes.io/control-plane'}]}}}},
	],
	[
		'till: add horizontal autoscaling on memory utilisation (75), never under 2 or over 6 replicas',
		{spec: {minReplicas: 2, maxReplicas: 6, metrics: [{resource: {name: 'memory', target: {averageUtilization: 75}}}]}},
	],
	[
		'oven에 gate-a랑 gate-b 디플로이먼트 두 개 만들어줘. 이미지는 nginx:1.29, gate-a는 2개, gate-b는 3개.',
		{metadata: {name: 'gate-a'}, spec: {replicas: 2}},
		{metadata: {name: 'gate-b'}, spec: {replicas: 3}},
	],
	[
		'Deployments gate-a and gate-b in oven, both nginx:1.29, gate-a with 2 replicas and gate-b with 1.',
		{metadata: {name: 'gate-a'}, spec: {replicas: 2}},
		{metadata: {name: 'gate-b'}, spec: {replicas: 1}},
	],
	[
		'oven에 gate 디플로이먼트(nginx:1.29, 2개, 포트 80)랑 서비스 gate(80) 만들어줘',
		container({ports: [{containerPort: 80}]}),
		{kind: 'Service', spec: {ports: [{port: 80}]}},
	],
	[
		'Deployment bun in oven: nginx:1.29, resources 100m/64Mi to 200m/128Mi',
		container({resources: {requests: {cpu: '100m', memory: '64Mi'}, limits: {cpu: '200m', memory: '128Mi'}}}),
	],
	['Deployment bun in oven: acme/bun:1.0, one GPU, 2 pods', container({resources: {limits: {'nvidia.com/gpu': '1'}}})],
	['oven에 bun 디플로이먼트, acme/bun:1.0, GPU 2개', container({resources: {limits: {'nvidia.com/gpu': '2'}}})],
	[
		'bread 파드에는 같은 shop 네임스페이스의 파드만 8080으로 들어오게 해줘. 네트워크폴리시 이름은 bread-local.',
		{spec: {ingress: [{from: [{podSelector: {}}], ports: [{port: 8080}]}]}},
	],
	[
		'oven: ResourceQuota oven-limits, limits.cpu 12, limits.memory 24Gi and 25 pods at the most',
		{spec: {hard: {'limits.cpu': '12', 'limits.memory': '24Gi', pods: '25'}}},
	],
	[
		'Set a quota on oven called oven-cap: limits.cpu 12, limits.memory 24Gi, and half of each for requests.',
		{spec: {hard: {'limits.cpu': '12', 'limits.memory': '24Gi', 'requests.cpu': '6', 'requests.memory': '12Gi'}}},
	],
	[
		'oven: LimitRange oven-sizes for containers, default limits 300m CPU / 256Mi, default requests 30m / 64Mi.',
		{spec: {limits: [{default: {cpu: '300m', memory: '256Mi'}, defaultRequest: {cpu: '30m', memory: '64Mi'}}]}},
	],
	[
		'LimitRange oven-sizes in oven: containers default to a 1 core / 1Gi limit and to requests of 200m / 256Mi.',
		{spec: {limits: [{default: {cpu: '1', memory: '1Gi'}, defaultRequest: {cpu: '200m', memory: '256Mi'}}]}},
	],
];

test.each(rows.map(([request, ...objects]) => ({request, objects})))('$request', async ({request, objects}) => {
	expect(manifestsOf(await understood(request))).toMatchObject(objects);
});

test.each([
	'Create deployment crumb in oven, nginx:1.29, label team=a on the deployment and tier=b on its pods',
	'Deployment crumb in oven with nginx:1.29; the pods get tier=b, the deployment itself team=a',
	'oven에 nginx:1.29 디플로이먼트 crumb 만들어줘. 파드에는 tier=b, 디플로이먼트에는 team=a 라벨 붙여줘',
])('labels of the pods and of their workload: %s', async request => {
	const own = {'app.kubernetes.io/name': 'crumb'};
	const [deployment] = manifestsOf(await understood(request));
	expect(deployment).toMatchObject({spec: {template: {metadata: {labels: {...own, tier: 'b'}}}}});
	expect(deployment?.metadata).toStrictEqual({name: 'crumb', namespace: 'oven', labels: {...own, team: 'a'}});
	expect(JSON.stringify(deployment).match(/"(?:tier|team)":/g)).toHaveLength(2);
});

test('a host is no annotation', async () => {
	const [ingress] = manifestsOf(
		await understood(
			'Ingress loaf in shop: loaf.acme.io/api to bread 80, TLS secret loaf-tls, annotation nginx.ingress.kubernetes.io/proxy-body-size 8m',
		),
	);
	expect(ingress?.metadata).toStrictEqual({
		name: 'loaf',
		namespace: 'shop',
		annotations: {'nginx.ingress.kubernetes.io/proxy-body-size': '8m'},
	});
});

test('an annotation is no label', async () => {
	const [namespace] = manifestsOf(await understood('Create namespace fair with label team=fair plus annotation owner: dana@example.com.'));
	expect(namespace?.metadata).toStrictEqual({name: 'fair', labels: {team: 'fair'}, annotations: {owner: 'dana@example.com'}});
});

test.each<readonly [request: string, input: object]>([
	[
		'BAKERY_USER, BAKERY_PASSWORD 환경변수 값으로 oven에 mail 시크릿 만들어줘. 키는 각각 user, pass.',
		{fromEnv: ['user=BAKERY_USER', 'pass=BAKERY_PASSWORD']},
	],
	[
		'Make secret mail in oven from $BAKERY_USER and $BAKERY_PASSWORD, the keys being user and pass respectively.',
		{fromEnv: ['user=BAKERY_USER', 'pass=BAKERY_PASSWORD']},
	],
	[
		'oven wants the mail login too, as secret oven-login: key user out of $BAKERY_USER, key pass out of $BAKERY_PASSWORD.',
		{fromEnv: ['user=BAKERY_USER', 'pass=BAKERY_PASSWORD']},
	],
	[
		'Generate a random 48-character value and keep it in oven as secret hook-sign under the key hmac.',
		{name: 'hook-sign', random: ['hmac=48']},
	],
	['Put BAKERY_PASSWORD from my environment into a new secret oven-mail in oven, key password.', {fromEnv: ['password=BAKERY_PASSWORD']}],
	[
		'Secret hook in oven: key login from BAKERY_USER and key token random 24 characters',
		{fromEnv: ['login=BAKERY_USER'], random: ['token=24']},
	],
	['oven에 mail 시크릿 하나, 키는 secret이고 값은 랜덤 40자로', {random: ['secret=40']}],
])('%s', async (request, input) => {
	expect(await understood(request)).toMatchObject([{kind: 'calls', calls: [{input}]}]);
});

test.each([
	'Set a quota on oven called oven-cap: 12 pods, and half as many claims.',
	'Run a pod crumb in oven with busybox:1.37, sleep 3600, kept around for 2 hours.',
	'ingress loaf in shop over https, loaf.acme.io to bread:80',
	'pod crumb in oven, busybox:1.37, sleep infinity, kept for a day',
	'Create deployment crumb in oven with nginx:1.29, 2 replicas, stop with SIGQUIT',
	'pod p1 in oven and pod p2 in shop, both busybox:1.37 sleep 600',
	'Roll out a different image on bread.',
	'bread에 다른 이미지로 배포해줘',
])('asks about what it cannot tell: %s', async request => {
	expect(await understood(request)).toMatchObject([{kind: 'question'}]);
});
