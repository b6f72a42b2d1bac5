import {stringify} from 'yaml';
import {prometheusRule, ruleFile} from '../../../../analysis/alert-rules/documents/prometheus-rule.ts';
import type {Json} from '../../../../core/json.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import type {Design} from '../design/make-design.ts';

/** The write that brings a design to a cluster, under the name of the design: a PrometheusRule with the labels of its place, or a file in a ConfigMap. */
export function ruleWrite(
	design: Design,
	labels: {readonly [name: string]: string},
	{namespace, configmap}: {readonly namespace: string; readonly configmap: string | undefined},
): Write {
	if (configmap !== undefined) {
		const data = {[`${design.slug}.yaml`]: stringify(ruleFile(design.groups), {lineWidth: 0})};
		return applied({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: configmap, namespace}, data});
	}
	const manifest: Json = JSON.parse(JSON.stringify(prometheusRule({name: design.slug, namespace, labels}, design.groups)));
	return applied(manifest as KubeObject);
}

const applied = (manifest: KubeObject): Write => ({op: 'apply', ref: refOf(manifest), manifest});
