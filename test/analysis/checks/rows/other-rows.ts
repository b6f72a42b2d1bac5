import {core, cronJob, deployment, job, one, pod, type Row, rowsOf} from './row.ts';

const c = 'spec.containers[0]';
const image = (name: string, more: object = {}) => one({image: name, ...more} as never);
const digest = `sha256:${'a'.repeat(64)}`;

const autoscaler = (spec: object) => ({
	...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'web', namespace: 'shop'}},
	spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, ...spec},
});
const disruptionBudget = (spec: object) => ({
	...{apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'web', namespace: 'shop'}},
	spec: {selector: {matchLabels: {app: 'web'}}, ...spec},
});

const scalingRows = [
	...rowsOf('autoscaler-minimum', [
		['one pod', autoscaler({minReplicas: 1, maxReplicas: 5}), ['spec.minReplicas']],
		['two pods', autoscaler({minReplicas: 2, maxReplicas: 5}), []],
	]),
	...rowsOf('autoscaler-without-room', [
		['as many at most as at least', autoscaler({minReplicas: 3, maxReplicas: 3}), ['spec.maxReplicas', 'spec.minReplicas']],
		['no maximum', autoscaler({minReplicas: 3}), ['spec.maxReplicas']],
		['one more', autoscaler({minReplicas: 3, maxReplicas: 4}), []],
	]),
	...rowsOf('budget-allows-nothing', [
		['none may be away', [deployment({}, {replicas: 3}), disruptionBudget({maxUnavailable: 0})], ['spec.maxUnavailable']],
		['all must be there', [deployment({}, {replicas: 3}), disruptionBudget({minAvailable: '100%'})], ['spec.minAvailable']],
		['as many as there are', [deployment({}, {replicas: 3}), disruptionBudget({minAvailable: 3})], ['spec.minAvailable']],
		['one may be away', [deployment({}, {replicas: 3}), disruptionBudget({minAvailable: 2})], []],
	]),
	...rowsOf('budget-above-autoscaler', [
		[
			'more than the least',
			[deployment({}), autoscaler({minReplicas: 2, maxReplicas: 5}), disruptionBudget({minAvailable: 3})],
			['spec.minReplicas'],
		],
		['fewer than the least', [deployment({}), autoscaler({minReplicas: 2, maxReplicas: 5}), disruptionBudget({minAvailable: 1})], []],
	]),
];

const imageRows = [
	...rowsOf('image-tag-mutable', [
		['no tag', image('nginx'), [`${c}.image`]],
		['latest', image('nginx:latest'), [`${c}.image`]],
		['a port is no tag', image('registry.example.com:5000/nginx'), [`${c}.image`]],
		['latest with a digest', image(`nginx:latest@${digest}`), []],
		['a version', image('registry.example.com:5000/nginx:1.27'), []],
		['a tag that the owners call floating', image('nginx:dev'), [`${c}.image`], {tags: ['latest', 'dev']}],
	]),
	...rowsOf('image-digest-missing', [
		['a tag', image('nginx:1.27'), [`${c}.image`]],
		['a digest', image(`nginx@${digest}`), []],
	]),
	...rowsOf('image-registry-allowed', [
		['from elsewhere', image('quay.io/acme/app:1'), [`${c}.image`], {allowed: ['docker.io', 'amazonaws.com']}],
		['from Docker Hub, which nobody writes', image('nginx:1'), [], {allowed: ['docker.io']}],
		['from a registry of the domain', image('1.dkr.ecr.eu-1.amazonaws.com/app:1'), [], {allowed: ['amazonaws.com']}],
		['a domain that ends alike', image('evilamazonaws.com/app:1'), [`${c}.image`], {allowed: ['amazonaws.com']}],
		['below a path', image('ghcr.io/acme/app:1'), [], {allowed: ['ghcr.io/acme']}],
		['a path that begins alike', image('ghcr.io/acme-evil/app:1'), [`${c}.image`], {allowed: ['ghcr.io/acme']}],
		['nothing is demanded', image('quay.io/acme/app:1'), []],
	]),
	...rowsOf('image-registry-blocked', [
		['a blocked one', image('nginx:1'), [`${c}.image`], {blocked: ['docker.io']}],
		['another', image('quay.io/nginx:1'), [], {blocked: ['docker.io']}],
	]),
	...rowsOf('image-registry-retired', [
		['k8s.gcr.io', image('k8s.gcr.io/pause:3.9'), [`${c}.image`]],
		['its old name', image('gcr.io/google-containers/pause:3.9'), [`${c}.image`]],
		['another project of gcr.io', image('gcr.io/distroless/static:1'), []],
		['registry.k8s.io', image('registry.k8s.io/pause:3.9'), []],
	]),
	...rowsOf('image-pull-policy', [
		['latest, if it is not present', image('nginx:latest', {imagePullPolicy: 'IfNotPresent'}), [`${c}.imagePullPolicy`]],
		['latest, where the API server sets Always', image('nginx:latest'), []],
		['a version', image('nginx:1.27', {imagePullPolicy: 'IfNotPresent'}), []],
	]),
	...rowsOf('image-never-pulled', [
		['never', image('nginx:1', {imagePullPolicy: 'Never'}), [`${c}.imagePullPolicy`]],
		['always', image('nginx:1', {imagePullPolicy: 'Always'}), []],
	]),
	...rowsOf('image-always-pulled', [
		['if it is not present', image('nginx:1', {imagePullPolicy: 'IfNotPresent'}), [`${c}.imagePullPolicy`]],
		['always', image('nginx:1', {imagePullPolicy: 'Always'}), []],
	]),
	...rowsOf('image-malformed', [
		['capital letters', image('Nginx:1'), [`${c}.image`]],
		['none', one({}), [`${c}.image`]],
		['well formed', image(`registry.example.com:5000/a/b:1@${digest}`), []],
	]),
	...rowsOf('image-registry-address', [
		['an address', image('10.0.0.1:5000/app:1'), [`${c}.image`]],
		['a name', image('registry.example.com/10.0.0.1:1'), []],
	]),
	...rowsOf('image-of-attack-tools', [
		['Kali', image('kalilinux/kali-rolling:latest'), [`${c}.image`]],
		['something else of that maker', image('kalilinux/website:1'), []],
	]),
	...rowsOf('tiller', [
		['Tiller', image('gcr.io/kubernetes-helm/tiller:v2.16'), [`${c}.image`]],
		['a distiller', image('acme/distiller:1'), []],
	]),
	...rowsOf('images-unpullable', [
		[
			'an opaque Secret',
			[pod({imagePullSecrets: [{name: 'r'}]}), core('Secret', 'r', {type: 'Opaque'})],
			['spec.imagePullSecrets[0].name'],
		],
		['credentials', [pod({imagePullSecrets: [{name: 'r'}]}), core('Secret', 'r', {type: 'kubernetes.io/dockerconfigjson'})], []],
		['a Secret that is not among the manifests', pod({imagePullSecrets: [{name: 'r'}]}), []],
	]),
];

const env = (name: string, value: string) => one({env: [{name, value}]});
const config = (data: object) => core('ConfigMap', 'web', {data} as never);
const volume = (source: object, name = 'v') =>
	pod({containers: [{name: 'app', volumeMounts: [{name: 'v', mountPath: '/v'}]}], volumes: [{name, ...source}]} as never);

const secretRows = [
	...rowsOf('secret-in-environment', [
		['by its name', env('DB_PASSWORD', 'hunter2'), [`${c}.env[0].value`]],
		['by its value', env('URL', 'x AKIAABCDEFGHIJKLMNOP'), [`${c}.env[0].value`]],
		['Base64 of a key', env('DATA', Buffer.from('-----BEGIN RSA PRIVATE KEY-----').toString('base64')), [`${c}.env[0].value`]],
		['a file that holds it', env('DB_PASSWORD_FILE', '/run/secrets/db'), []],
		['a path as the value', env('DB_PASSWORD', '/run/secrets/db'), []],
		['a switch', env('TOKEN_REFRESH', 'true'), []],
		['nothing', env('DB_PASSWORD', ''), []],
		['another variable', env('DB_PASSWORD', '$(FROM_SECRET)'), []],
		['a reference', one({env: [{name: 'DB_PASSWORD', valueFrom: {secretKeyRef: {name: 'db', key: 'p'}}}]}), []],
		['names of the owners', env('PIN', '1234x!'), [`${c}.env[0].value`], {names: ['pin']}],
	]),
	...rowsOf('secret-in-command', [
		['an argument', one({args: ['--user=a', '--password=hunter2']}), [`${c}.args[1]`]],
		['a key anywhere', one({command: ['sh', '-c', 'curl -H "X: ghp_abcdefghijklmnopqrstuvwxyz0123456789"']}), [`${c}.command[2]`]],
		['a variable', one({args: ['--password=$(PASSWORD)', '--token-file=/t']}), []],
	]),
	...rowsOf('secret-in-config-map', [
		['by its name', config({user: 'a', password: 'hunter2'}), ['data[password]']],
		['a key in a file', config({id_rsa: '-----BEGIN OPENSSH PRIVATE KEY-----\nabc'}), ['data[id_rsa]']],
		['settings', config({keyboard: 'de', token_ttl: '1h', 'log.level': 'info'}), []],
	]),
	...rowsOf('secret-in-annotation', [
		[
			'what kubectl copied',
			core('Secret', 's', {}, {annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"p":"eA=="}}'}}),
			['metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]'],
		],
		['a key', core('Service', 's', {}, {annotations: {note: 'AKIAABCDEFGHIJKLMNOP'}}), ['metadata.annotations[note]']],
		['words', core('Service', 's', {}, {annotations: {'example.com/secret': 'db'}}), []],
	]),
	...rowsOf('secret-as-environment', [
		['one key', one({env: [{name: 'P', valueFrom: {secretKeyRef: {name: 's', key: 'p'}}}]}), [`${c}.env[0].valueFrom.secretKeyRef`]],
		['a ConfigMap', one({envFrom: [{configMapRef: {name: 'c'}}]}), []],
	]),
	...rowsOf('whole-secret-as-environment', [
		['all of it', one({envFrom: [{configMapRef: {name: 'c'}}, {secretRef: {name: 's'}}]}), [`${c}.envFrom[1].secretRef`]],
		['one key', one({env: [{name: 'P', valueFrom: {secretKeyRef: {name: 's', key: 'p'}}}]}), []],
	]),
	...[
		['secret-mounted', 'Secret', {secret: {secretName: 'x'}}],
		['config-map-mounted', 'ConfigMap', {configMap: {name: 'x'}}],
		['claim-mounted', 'PersistentVolumeClaim', {persistentVolumeClaim: {claimName: 'x'}}],
	].flatMap(([id, kind, source]) =>
		rowsOf(id as string, [
			['mounted', [volume(source as object), core(kind as string, 'x')], [`${c}.volumeMounts[0]`]],
			['not mounted', [volume(source as object, 'other'), core(kind as string, 'x')], []],
			['one of that name elsewhere', [volume(source as object), core(kind as string, 'x', {}, {namespace: 'other'})], []],
		]),
	),
	...rowsOf('secret-files-readable', [
		['the default', volume({secret: {secretName: 'x'}}), ['spec.volumes[0].secret.defaultMode']],
		['0440', volume({secret: {secretName: 'x', defaultMode: 0o440}}), []],
	]),
	...rowsOf('secret-mutable', [
		['mutable', core('Secret', 's', {type: 'Opaque'}), ['immutable']],
		['immutable', core('Secret', 's', {immutable: true}), []],
		['a token', core('Secret', 's', {type: 'kubernetes.io/service-account-token'}), 'n/a'],
	]),
	...rowsOf('service-account-token-secret', [
		['a token', core('Secret', 's', {type: 'kubernetes.io/service-account-token'}), ['type']],
		['another', core('Secret', 's', {type: 'Opaque'}), 'n/a'],
	]),
	...rowsOf('secrets-in-cluster', [
		['from the cluster', one({env: [{name: 'P', valueFrom: {secretKeyRef: {name: 's', key: 'p'}}}]}), ['spec.volumes']],
		[
			'synced from a store',
			one(
				{env: [{name: 'P', valueFrom: {secretKeyRef: {name: 's', key: 'p'}}}]},
				{volumes: [{name: 'v', csi: {driver: 'secrets-store.csi.k8s.io'}}]},
			),
			[],
		],
	]),
];

const probe = {httpGet: {path: '/', port: 'http'}};
const budget = (labels: object) =>
	({
		apiVersion: 'policy/v1',
		kind: 'PodDisruptionBudget',
		metadata: {name: 'b', namespace: 'shop'},
		spec: {selector: {matchLabels: labels}},
	}) as never;

const availabilityRows = [
	...[
		['liveness-probe-unset', 'livenessProbe'],
		['readiness-probe-unset', 'readinessProbe'],
	].flatMap(([id = '', field = '']) =>
		rowsOf(id, [
			['none', pod({}), [`${c}.${field}`]],
			['one', one({[field]: probe}), []],
			[
				'init containers and debuggers have none',
				one({[field]: probe}, {initContainers: [{name: 'i'}], ephemeralContainers: [{name: 'd'}]}),
				[],
			],
			['a CronJob', cronJob({}), 'n/a'],
			['a pod that ends', pod({restartPolicy: 'Never'}), 'n/a'],
		]),
	),
	...rowsOf('same-probes', [
		['the same', one({livenessProbe: probe, readinessProbe: probe}), [`${c}.livenessProbe`]],
		['another path', one({livenessProbe: probe, readinessProbe: {httpGet: {path: '/ready', port: 'http'}}}), []],
	]),
	...rowsOf('probe-port', [
		['no port of that name', one({ports: [{name: 'web', containerPort: 80}], livenessProbe: probe}), [`${c}.livenessProbe.httpGet.port`]],
		['it is there', one({ports: [{name: 'http', containerPort: 80}], livenessProbe: probe}), []],
		['a number that is not listed may be open', one({ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: 81}}}), []],
	]),
	...rowsOf('single-replica', [
		['nothing is said', deployment({}), ['spec.replicas']],
		['two', deployment({}, {replicas: 2}), []],
		['none, as it is off', deployment({}, {replicas: 0}), []],
		[
			'an autoscaler keeps the number',
			[
				deployment({}, {replicas: 1}),
				{
					apiVersion: 'autoscaling/v2',
					kind: 'HorizontalPodAutoscaler',
					metadata: {name: 'h', namespace: 'shop'},
					spec: {scaleTargetRef: {kind: 'Deployment', name: 'web'}},
				},
			],
			[],
		],
	]),
	...rowsOf('disruption-budget-missing', [
		['none', deployment({}, {replicas: 2}), ['the object']],
		['of others', [deployment({}, {replicas: 2}), budget({app: 'api'})], ['the object']],
		['its own', [deployment({}, {replicas: 2}), budget({app: 'web'})], []],
		['one pod, which a budget would only pin', deployment({}, {replicas: 1}), 'n/a'],
	]),
	...rowsOf('replicas-together', [
		['nothing', deployment({}, {replicas: 2}), ['spec.template.spec.topologySpreadConstraints']],
		['spread', deployment({topologySpreadConstraints: [{topologyKey: 'kubernetes.io/hostname'}]}, {replicas: 2}), []],
		[
			'keeps from its like where it can',
			deployment(
				{
					affinity: {
						podAntiAffinity: {
							preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {labelSelector: {matchLabels: {app: 'web'}}}}],
						},
					},
				},
				{replicas: 2},
			),
			[],
		],
		[
			'keeps from others',
			deployment(
				{affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: 'api'}}}]}}},
				{replicas: 2},
			),
			['spec.template.spec.topologySpreadConstraints'],
		],
	]),
	...rowsOf('recreate-strategy', [
		['of several pods', deployment({}, {replicas: 2, strategy: {type: 'Recreate'}}), ['spec.strategy.type']],
		['of one, which may not run twice', deployment({}, {replicas: 1, strategy: {type: 'Recreate'}}), []],
		['rolling', deployment({}, {replicas: 2}), []],
	]),
	...rowsOf('rolling-update-all-at-once', [
		['all', deployment({}, {strategy: {rollingUpdate: {maxUnavailable: '100%'}}}), ['spec.strategy.rollingUpdate.maxUnavailable']],
		['a quarter', deployment({}, {strategy: {rollingUpdate: {maxUnavailable: '25%'}}}), []],
	]),
	...rowsOf('priority-class-unset', [
		['none', pod({}), ['spec.priorityClassName']],
		['one', pod({priorityClassName: 'shop'}), []],
	]),
	...rowsOf('no-grace', [
		['none', pod({terminationGracePeriodSeconds: 0}), ['spec.terminationGracePeriodSeconds']],
		['the default', pod({}), []],
	]),
	...rowsOf('cron-job-overlaps', [
		['nothing is said', cronJob({}), ['spec.concurrencyPolicy']],
		['forbidden', cronJob({}, {concurrencyPolicy: 'Forbid'}), []],
		['a Deployment', deployment({}), 'n/a'],
	]),
	...rowsOf('cron-job-deadline', [
		['none', cronJob({}), ['spec.startingDeadlineSeconds']],
		['a minute', cronJob({}, {startingDeadlineSeconds: 60}), []],
	]),
	...rowsOf('job-without-end', [
		['a CronJob', cronJob({}), ['spec.jobTemplate.spec.activeDeadlineSeconds']],
		['a Job', job({}), ['spec.activeDeadlineSeconds']],
		['a Job with an end', job({activeDeadlineSeconds: 600}), []],
	]),
	...rowsOf('job-kept-for-ever', [
		['for ever', job({}), ['spec.ttlSecondsAfterFinished']],
		['a day', job({ttlSecondsAfterFinished: 86_400}), []],
		['a CronJob clears it', job({}, {ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: '1'}]}), 'n/a'],
	]),
	...rowsOf('service-without-pods', [
		['none', [core('Service', 's', {spec: {selector: {app: 'api'}}}), deployment({})], ['spec.selector']],
		['some', [core('Service', 's', {spec: {selector: {app: 'web'}}}), deployment({})], []],
		['elsewhere', [core('Service', 's', {spec: {selector: {app: 'web'}}}, {namespace: 'other'}), deployment({})], ['spec.selector']],
		['without selector', core('Service', 's', {spec: {}}), 'n/a'],
		['a name outside', core('Service', 's', {spec: {type: 'ExternalName', selector: {a: 'b'}}}), 'n/a'],
	]),
];

export const otherRows: readonly Row[] = [...scalingRows, imageRows, secretRows, availabilityRows].flat();
