import {expect, test} from 'vitest';
import {backendEntry} from '../../../../src/mcp/monitoring/configured/backend-entry.ts';

const url = 'https://prometheus.example/prom/';
const token = {env: 'TOKEN'};

test.each([
	{type: 'prometheus', url},
	{type: 'prometheus', url: 'http://10.0.0.7:9090', contexts: ['prod'], headers: {'x-team': 'shop'}},
	{type: 'prometheus', url, auth: {bearer: token}, tenant: 'team-a', flavour: 'mimir'},
	{type: 'prometheus', url: 'http://prometheus:9090', auth: {bearer: token}, plainText: true},
	{type: 'prometheus', url: 'http://127.0.0.1:9090', auth: {basic: {username: 'ops', password: {file: '/run/secrets/p'}}}},
	{type: 'alertmanager', url, tls: {ca: '/ca.pem', cert: '/c.pem', key: '/k.pem', serverName: 'am'}},
	{type: 'grafana', url, headers: {'x-api-key': token}},
	{type: 'loki', url, tenant: 'team-a'},
	{type: 'elasticsearch', url, index: 'logs-*', auth: {apiKey: token}, timeField: 'ts'},
	{type: 'datadog', site: 'datadoghq.eu', apiKey: token, applicationKey: {file: '/k'}},
	{type: 'newrelic', region: 'eu', account: 12, key: token},
])('takes %j', entry => {
	expect(backendEntry.parse(entry)).toEqual(entry);
});

test.each([
	[{type: 'prometheus', url, auth: {bearer: 'eyJhbGciOi'}}, 'no secret stands in this file|must be \\{bearer'],
	[{type: 'prometheus', url: 'https://ops:secret@host'}, 'must not hold a user or password'],
	[{type: 'prometheus', url: 'ftp://host'}, 'Invalid URL'],
	[{type: 'prometheus', url, headers: {Authorization: 'Bearer x'}}, 'no secret stands in this file'],
	[{type: 'prometheus', url, headers: {'X-Scope-OrgID': 'a\r\nb: c'}}, ''],
	[{type: 'prometheus', url: 'http://prometheus:9090', auth: {bearer: token}}, 'plain text'],
	[{type: 'prometheus', url: 'http://prometheus:9090', headers: {cookie: token}}, 'plain text'],
	[{type: 'prometheus', url, tenant: 'a'}, 'must be mimir, thanos or victoriametrics'],
	[{type: 'alertmanager', url, tls: {cert: '/c.pem'}}, 'must have cert and key'],
	[{type: 'elasticsearch', url, index: '../_cluster'}, 'must be a pattern of indices'],
	[{type: 'datadog', site: 'evil.example/x', apiKey: token, applicationKey: token}, ''],
	[{type: 'zabbix', url}, ''],
])('refuses %j', (entry, why) => {
	const parsed = backendEntry.safeParse(entry);
	expect(parsed.success).toBe(false);
	expect(JSON.stringify(parsed.error?.issues)).toMatch(new RegExp(why));
});
