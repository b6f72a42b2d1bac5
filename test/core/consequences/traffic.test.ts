import {expect, test} from 'vitest';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {pods, service, told, type World} from '../../support/consequence-world.ts';
import {deployment} from '../../support/kube-objects.ts';

const named = (name: string) => pods(2, {app: 'web'}, {spec: {containers: [{name: 'web', ports: [{name, containerPort: 8080}]}]}});

test.each<[string, KubeObject, KubeObject, World, readonly string[]]>([
	[
		'a selector that moves traffic',
		service(),
		service({selector: {app: 'api'}}),
		{pods: [...pods(3), ...pods(2, {app: 'api'})]},
		['warning: Traffic moves: 3 of 3 pods leave, 2 join, 2 answer then'],
	],
	[
		'a selector that finds nothing',
		service(),
		service({selector: {app: 'x'}}),
		{pods: pods(3)},
		['danger: No pod fits the new selector: the 3 pods behind it leave and nothing answers'],
	],
	[
		'a selector that finds pods which the same plan starts',
		service(),
		service({selector: {app: 'blue'}}),
		{
			pods: pods(3),
			coming: [deployment({spec: {template: {metadata: {labels: {app: 'blue'}}, spec: {containers: []}}}}, 'web-blue')],
		},
		['warning: Traffic moves: 3 of 3 pods leave for those of Deployment web-blue, which the same plan starts'],
	],
	[
		'a selector that finds the same',
		service(),
		service({selector: {part: 'shop'}}),
		{pods: pods(3, {app: 'web', part: 'shop'})},
		['info: The new selector finds the same 3 pods'],
	],
	['a port that closes', service(), service({ports: [{port: 81}]}), {}, ['danger: Clients of port 80/TCP are not served any more']],
	[
		'a target port',
		service(),
		service({ports: [{port: 80, targetPort: 9090}]}),
		{},
		['warning: Port 80/TCP goes to 9090 of the pods instead of 8080'],
	],
	[
		'a target port that no pod has',
		service(),
		service({ports: [{port: 80, targetPort: 'grpc'}]}),
		{pods: named('http')},
		['danger: No pod behind it has a port named grpc', 'warning: Port 80/TCP goes to grpc of the pods instead of 8080'],
	],
	[
		'a load balancer that goes',
		service({type: 'LoadBalancer'}),
		service(),
		{},
		['danger: Its load balancer and external address are released'],
	],
	[
		'labels that a service looks for',
		deployment(),
		deployment({
			spec: {template: {metadata: {labels: {app: 'new'}}, spec: {containers: [{name: 'web', image: 'registry.example.com/shop/web:1.0'}]}}},
		}),
		{services: [service()]},
		['danger: Service web does not find the new pods any more', 'info: 4 pods restart: at most 1 more run at once, at least 3 stay ready'],
	],
])('traffic: %s', (_, before, after, world, expected) => {
	expect(told(before, after, world)).toEqual(expected);
});
