/** Every way in which an object may run code of the user's when it is looked at. Each leaves a trace. */
export const TRAP = `
ran = []
class Meta(type):
    def __getattribute__(cls, name): ran.append(name); return type.__getattribute__(cls, name)
    def __eq__(cls, other): ran.append('class eq'); return cls is other
    def __hash__(cls): ran.append('class hash'); return 1
    def __instancecheck__(cls, one): ran.append('instancecheck'); return True
    def __dir__(cls): ran.append('dir'); return []
bare = eval("type('WithoutModule', (), {})()", {})
class Trap(metaclass=Meta):
    slot = 1
    def method(self, first, *, option=None): pass
    def __getattribute__(self, name): ran.append(name); raise RuntimeError
    def __getattr__(self, name): ran.append(name)
    def __dir__(self): ran.append('dir'); return []
    def __repr__(self): ran.append('repr'); return ''
    def __len__(self): ran.append('len'); return 0
    def __iter__(self): ran.append('iter')
    def __eq__(self, other): ran.append('eq')
    def __hash__(self): return 1
    def __bool__(self): ran.append('bool')
    @property
    def costly(self): ran.append('costly')
trap = Trap()
traps = {trap: trap, 'nested': [trap]}
del ran[:]`;
