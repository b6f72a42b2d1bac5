import {expect, test} from 'vitest';
import {kubectlInWords} from '../../../../../src/agents/router/route/kubectl/in-words.ts';

test.each([
	['kubectl scale deploy/web --replicas=3 -n shop', 'Scale deployment web in shop to 3 replicas.'],
	['`kubectl -n shop scale sts db --replicas 2` please', 'Scale statefulset db in shop to 2 replicas.'],
	['`k rollout restart ds/agent` 실행해 주세요', 'Restart daemonset agent.'],
	['kubectl rollout undo deploy web --to-revision=4 -n shop', 'Roll back deployment web in shop to revision 4.'],
	[
		'`kubectl set image deploy/web app=reg.example.org/web:2` for me',
		'Set the image of deployment web (container app) to reg.example.org/web:2.',
	],
	['kubectl delete cm old older -n shop', 'Delete configmap old and configmap older in shop.'],
	['kubectl cordon n1 && kubectl uncordon n2', 'cordon node n1. uncordon node n2.'],
	['kubectl label node n1 disk=fast', 'Label node n1 with disk=fast.'],
	[
		'kubectl set resources deploy web --limits=cpu=2,memory=1Gi',
		'Set the cpu limit of deployment web to 2. Set the memory limit of deployment web to 1Gi.',
	],
	['kubectl rollout restart deploy -l tier=web -n shop', 'Restart all deployments labelled tier=web in shop.'],
	['kubectl get pods -A', 'List pods in all namespaces.'],
	['`kubectl logs deploy/web -c app --tail 5`', 'Show the last 5 log lines of container app of deployment web.'],
	[
		'kubectl create rolebinding b -n shop --clusterrole=view --serviceaccount=shop:web',
		'create role binding b in namespace shop of cluster role view for service account web of namespace shop.',
	],
	['kubectl create configmap cfg --from-literal=A=1 --from-literal=B=2', 'create configmap cfg with A=1, B=2.'],
	[
		"`kubectl create job sweep --image=broom:1 -- sh -c 'sweep it'`",
		"create job sweep with image broom:1 with command `sh -c 'sweep it'`.",
	],
])('a command means what it does: %s', (request, words) => {
	expect(kubectlInWords(request)).toBe(words);
});

test.each([
	'kubectl get secret db -o yaml',
	'kubectl exec web -- env',
	'kubectl delete -f all.yaml',
	'what is kubectl?',
	'What does `kubectl drain n1` do?',
	'I ran `kubectl delete job sweep` and it hung',
	'`kubectl delete job sweep` 하면 어떻게 돼?',
	'do not run `kubectl delete job sweep`',
	'kubectl scale deploy/web',
])('%s stays as it is', request => {
	expect(kubectlInWords(request)).toBe(request);
});
