type Command = {
	/** What kubectl is given, split at spaces. */
	readonly line: string;
	/** Standard input, for `-f -`. */
	readonly input?: string;
};

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "x:1", ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: /, port: 80}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const changed = manifest.replace('x:1', 'x:2').replace('replicas: 3', 'replicas: 2');
const lines = (text: string): readonly Command[] =>
	text
		.trim()
		.split('\n')
		.map(line => ({line: line.trim()}));

/** An operator's afternoon in the namespace shop. */
export const commands: readonly Command[] = [
	...lines(`
		version -o json
		api-resources --api-group=apps --no-headers
		auth can-i delete pods
		auth can-i delete pods --as=someone
		auth whoami
		get nodes
		get namespaces
		explain deployment.spec.replicas
	`),
	{line: 'apply -f -', input: manifest},
	...lines(`
		rollout status deployment/web --timeout=20s
		get deployment,replicaset,service
		get deployment web -o wide
		get pods --no-headers -o custom-columns=READY:.status.containerStatuses[0].ready,PHASE:.status.phase
		get endpointslices --no-headers -o custom-columns=PORT:.ports[0].port
	`),
	{line: 'diff -f -', input: changed},
	{line: 'apply -f - --dry-run=server', input: changed},
	{line: 'apply -f -', input: changed},
	...lines(`
		rollout status deployment/web --timeout=20s
		rollout history deployment/web
		scale deployment web --replicas=4
		rollout status deployment/web --timeout=20s
		set image deployment/web main=x:3-unready
		rollout status deployment/web --timeout=3s
		rollout undo deployment/web
		rollout status deployment/web --timeout=20s
		rollout history deployment/web
		rollout restart deployment/web
		rollout status deployment/web --timeout=20s
		rollout pause deployment/web
		rollout resume deployment/web
		set env deployment/web COLOR=blue --dry-run=server
		label deployment web tier=front
		annotate deployment web note=seen
		patch deployment web -p {"spec":{"replicas":2}}
		patch deployment web --type=json -p [{"op":"remove","path":"/spec/nothing"}]
		autoscale deployment web --min=2 --max=5 --cpu=50%
		get hpa
		create configmap settings --from-literal=color=blue
		create secret generic token --from-literal=key=value
		get configmap settings -o yaml
		get secret token -o jsonpath={.data.key}
		create job once --image=x:1
		wait --for=condition=complete job/once --timeout=20s
		get job once
		create cronjob nightly --image=x:1 --schedule=0_3_*_*_*
		create poddisruptionbudget web --selector=app=web --min-available=2
		get pdb
		create quota few --hard=pods=50
		get quota few --no-headers -o custom-columns=HARD:.spec.hard.pods
	`),
	{line: 'apply --server-side -f -', input: manifest},
	{line: 'apply --server-side --force-conflicts -f -', input: manifest},
	...lines(`
		get deployment web -o jsonpath={.spec.replicas}
		describe deployment web
		describe service web
		describe pdb web
		describe quota few
		cordon node-a
		get node node-a --no-headers -o custom-columns=OFF:.spec.unschedulable
		uncordon node-a
		delete service missing
		delete deployment web --wait=true --timeout=20s
		get pods -l app=web
		delete configmap,secret,hpa,pdb,quota,job,cronjob --all
		get all
	`),
];
