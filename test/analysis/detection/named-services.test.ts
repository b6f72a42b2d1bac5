import {expect, test} from 'vitest';
import {namedServices} from '../../../src/analysis/detection/named-services.ts';
import {surveyIn} from './cluster-in-yaml.ts';

const around = `
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}}
---
{apiVersion: v1, kind: Service, metadata: {name: kafka, namespace: shop}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: data}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data:
  DB_HOST: db
  nginx.conf: |
    upstream back { server web:8080; }
    proxy_pass http://db.data:5432/;
  app.yaml: |
    database:
      host: "db"
      name: web
`;

const named = (container: string, more = '') => {
	const survey = surveyIn(
		`${around}---\n{apiVersion: v1, kind: Pod, metadata: {name: app, namespace: shop}, spec: {${more} containers: [{name: main, ${container}}]}}`,
	);
	const pod = survey.find('Pod', 'shop', 'app');
	if (pod === undefined) throw new Error('no pod');
	return namedServices(pod, survey).map(
		({namespace, name, port, service, setting}) =>
			`${namespace}/${name}${port === undefined ? '' : `:${port}`}${service === undefined ? ' (not there)' : ''} at ${setting.path}`,
	);
};

const env = (name: string, value: string) => `env: [{name: ${name}, value: '${value}'}]`;
const variable = (name: string) => `spec.containers[main].env[${name}].value`;

test.each<[string, string, readonly string[]]>([
	['a host alone', env('DB_HOST', 'db'), [`shop/db at ${variable('DB_HOST')}`]],
	['with its port', env('CACHE', 'db:6379'), [`shop/db:6379 at ${variable('CACHE')}`]],
	['in an address with a login', env('DSN', 'postgres://me:pw@db:5432/web'), [`shop/db:5432 at ${variable('DSN')}`]],
	['in another namespace', env('DSN', 'http://db.data/x'), [`data/db at ${variable('DSN')}`]],
	['whole name', env('X', 'db.data.svc.cluster.local:5432'), [`data/db:5432 at ${variable('X')}`]],
	['whole name with its last dot', env('X', 'db.data.svc.cluster.local.'), [`data/db at ${variable('X')}`]],
	['whole name of none', env('X', 'http://cache.data.svc'), [`data/cache (not there) at ${variable('X')}`]],
	[
		'a list of brokers',
		env('BROKERS', 'kafka-0.kafka:9092,kafka-1.kafka.shop.svc:9092'),
		[`shop/kafka:9092 at ${variable('BROKERS')}`, `shop/kafka:9092 at ${variable('BROKERS')}`],
	],
	[
		'a list of plain names',
		env('ETCD_HOSTS', 'db, web'),
		[`shop/db at ${variable('ETCD_HOSTS')}`, `shop/web at ${variable('ETCD_HOSTS')}`],
	],
	['a flag', "args: ['--db-host=db', '--mode=web', 'web']", ['shop/db at spec.containers[main].args[0]']],
	['a flag with its value apart', "command: [sh, -c, 'wait-for db:5432 -- run web']", ['shop/db:5432 at spec.containers[main].command[2]']],
	[
		'settings whole',
		'envFrom: [{configMapRef: {name: settings}}]',
		['shop/db at data.DB_HOST', 'shop/web:8080 at data.nginx.conf', 'data/db:5432 at data.nginx.conf', 'shop/db at data.app.yaml'],
	],
	['one key of settings', 'env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: DB_HOST}}}]', ['shop/db at data.DB_HOST']],
	['a plain word', env('LOG_NAME', 'web'), []],
	['an image or a path', env('PATH_HOST', '/var/lib/db'), []],
	['a sentence', env('SERVICE_TEXT', 'the web is big'), []],
	['a host of the world', env('API_URL', 'https://web.example.com/db'), []],
	['another Service of that name', env('X', 'http://db2:80'), []],
	['a mail address', env('X', 'me@db:1'), []],
])('%s', (_, container, expected) => {
	expect(named(container)).toEqual(expected);
});
