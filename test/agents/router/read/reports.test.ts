import {expect, test} from 'vitest';
import {reports} from '../../../../src/agents/router/read/reports.ts';
import {allTools} from '../../../../src/main/tool-groups.ts';
import {askBakery, understoodText} from '../../../support/bakery.ts';

test('every report is that of a tool which only reads', async () => {
	const tools = await allTools();
	expect(reports.map(({tool}) => [tool, tools.get(tool)?.effect])).toEqual(reports.map(({tool}) => [tool, 'read']));
});

test.each([
	['how is the performance of till?', 'performance_analyze {"target":"deployment/till","namespace":"counter"}'],
	['till 성능 분석해줘', 'performance_analyze {"target":"deployment/till","namespace":"counter"}'],
	['forecast the memory of larder', 'capacity_forecast {"metric":"memory","target":"statefulset/larder","namespace":"oven"}'],
	['how many replicas will till need tomorrow?', 'predict_scaling_needs {"target":"deployment/till","namespace":"counter"}'],
	['are there anomalies in the latency of till?', 'metrics_collect {"target":"deployment/till","namespace":"counter"}'],
	['analyze the logs of till', 'logs_analyze {"target":"deployment/till","namespace":"counter"}'],
	['till 로그 분석 좀 해줘', 'logs_analyze {"target":"deployment/till","namespace":"counter"}'],
	['which alerts are firing?', 'alerts_list {}'],
	['any SLO at risk?', 'sla_monitor {}'],
	['오류 예산 얼마나 남았어?', 'sla_monitor {}'],
	['write a postmortem', 'incident_report {}'],
	['what is the blast radius of larder?', 'incident_impact {"target":"statefulset/larder","namespace":"oven"}'],
	['show me a timeline of larder', 'incident_timeline {"target":"statefulset/larder","namespace":"oven"}'],
	['is my cluster secure?', 'security_scan {}'],
	['scan oven for security problems', 'security_scan {"namespace":"oven"}'],
	['보안 점검 해줘', 'security_scan {}'],
	['any CVEs in our images?', 'vulnerability_assess {}'],
	['do we comply with CIS?', 'compliance_check {"benchmark":"cis"}'],
	['are there any threats?', 'threat_detect {}'],
	['what is about to fail?', 'predictive_failure_prevention {}'],
])('%s', async (request, call) => expect(understoodText(await askBakery(request))).toContain(call));

test.each([
	['set the log level of till to debug for better performance', 'performance_analyze'],
	['add a security context to till that runs as non-root', 'security_scan'],
	['create a configmap called metrics in oven with a=b', 'metrics_collect'],
	['why is the latency of till so high?', 'metrics_collect'],
	['scale till to 3, performance is bad', 'performance_analyze'],
])('an order is none: %s', async (request, tool) => expect(understoodText(await askBakery(request))).not.toContain(tool));
