import {
	autoscaler,
	budget,
	configMap,
	configured,
	daemonSet,
	destinationRule,
	httpRoute,
	newImage,
	secret,
	service,
	statefulSet,
	virtualService,
	web,
} from './given.ts';
import {canary, type Story, toNewImage} from './story.ts';

const canaries: readonly Story[] = [
	{
		...toNewImage,
		name: 'canary by pods, with a baseline',
		given: [web(4), service],
		words: canary('25,50,100', '--baseline'),
		killsAll: true,
	},
	{
		...toNewImage,
		name: 'canary by HTTPRoute, with a header',
		given: [web(2), service, httpRoute],
		words: canary('50,100', '--header', 'x-canary=yes'),
	},
	{
		...toNewImage,
		name: 'canary by VirtualService, with a mirror',
		given: [web(4), service, autoscaler(6), virtualService, destinationRule],
		words: canary('25,50', '--autoscaler-after', '1s', '--mirror', '50', '--pause-at', '25'),
	},
];

const blueGreen = (...more: readonly string[]) => ['deploy', 'blue-green', 'web', '--image', newImage, '--keep', '1s', ...more];

const blueGreens: readonly Story[] = [
	{
		...toNewImage,
		name: 'blue-green by HTTPRoute, with a check',
		given: [web(2), service, autoscaler(4), budget(1), httpRoute],
		words: blueGreen('--autoscaler-after', '1s', '--check', '/health'),
	},
	{
		...toNewImage,
		name: 'blue-green by Service',
		given: [web(2), service],
		words: blueGreen(),
		// All else is as by HTTPRoute.
		kills: /^PATCH services/,
	},
];

const rolling = (...more: readonly string[]) => ['deploy', 'rolling', ...more, '--image', newImage];

const replacements: readonly Story[] = [
	{
		...toNewImage,
		name: 'rolling of a Deployment, held',
		given: [web(2, {minReadySeconds: 1, strategy: {rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}}), budget(2)],
		words: rolling('web', '--interval', '1s'),
	},
	{
		...toNewImage,
		name: 'rolling of a StatefulSet, by partition',
		given: [statefulSet(2), service],
		keeps: ['mkcoa-bundle-statefulset.web-1'],
		words: rolling('statefulset/web', '--batch', '1', '--interval', '1s', '--metrics', 'readiness,restarts'),
	},
	{
		...toNewImage,
		name: 'rolling of a DaemonSet',
		given: [daemonSet],
		keeps: ['mkcoa-bundle-daemonset.web-1'],
		words: rolling('daemonset/web'),
	},
	{
		name: 'rollback with a whole bundle',
		given: [configMap, secret, web(2, {}, configured), service, autoscaler(4), budget(1), httpRoute],
		since: {
			words: rolling('web'),
			changes: {
				configmaps: {data: {LEVEL: 'debug', MORE: 'yes'}},
				secrets: {stringData: {PASSWORD: 'second'}},
				services: {metadata: {annotations: {team: 'blue'}}, spec: {ports: [{port: 80, targetPort: 9090}]}},
				horizontalpodautoscalers: {spec: {minReplicas: 2, maxReplicas: 5}},
				poddisruptionbudgets: {spec: {minAvailable: 2}},
				httproutes: {spec: {rules: [{backendRefs: [{name: 'web', port: 80, weight: 2}]}]}},
			},
		},
		words: ['deploy', 'rollback', 'web'],
		ends: 'as given',
		keeps: ['mkcoa-bundle-web-1', 'mkcoa-bundle-web-2'],
	},
];

/** Each way to bring a version out, or back. */
export const stories: readonly Story[] = [...canaries, ...blueGreens, ...replacements];
