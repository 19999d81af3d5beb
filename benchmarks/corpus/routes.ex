defmodule Routes do
  @moduledoc """
  A small language for routes.

      defmodule Shop do
        use Routes

        get "/items/:id", ItemPage, :show
        post "/items", ItemPage, :create
      end

  `Shop.match(:get, ["items", "7"])` gives `{ItemPage, :show, %{id: "7"}}`.
  """

  @verbs [:get, :post, :put, :delete]

  defmacro __using__(options) do
    prefix = Keyword.get(options, :prefix, "/")

    quote do
      import Routes, only: [get: 3, post: 3, put: 3, delete: 3, scope: 2]
      Module.register_attribute(__MODULE__, :routes, accumulate: true)
      @prefix unquote(prefix)
      @before_compile Routes
    end
  end

  for verb <- @verbs do
    @doc "Adds a route for #{verb} requests."
    defmacro unquote(verb)(path, module, function) do
      Routes.__route__(unquote(verb), path, module, function)
    end
  end

  @doc "Puts a path before those of all routes in the block."
  defmacro scope(path, do: block) do
    quote do
      old = @prefix
      @prefix Path.join(old, unquote(path))
      unquote(block)
      @prefix old
    end
  end

  @doc false
  def __route__(verb, path, module, function) do
    quote do
      @routes {unquote(verb), Path.join(@prefix, unquote(path)), unquote(module), unquote(function)}
    end
  end

  defmacro __before_compile__(env) do
    routes = env.module |> Module.get_attribute(:routes) |> Enum.reverse()

    clauses =
      for {verb, path, module, function} <- routes do
        {pattern, names} = pattern(path)
        pairs = for name <- names, do: {name, Macro.var(name, nil)}

        quote do
          def match(unquote(verb), unquote(pattern)) do
            {unquote(module), unquote(function), %{unquote_splicing(pairs)}}
          end
        end
      end

    quote do
      unquote_splicing(clauses)
      def match(_verb, _path), do: :error

      def routes, do: unquote(Macro.escape(routes))
    end
  end

  @doc false
  def pattern(path) do
    path
    |> String.split("/", trim: true)
    |> Enum.map_reduce([], fn
      ":" <> name, names ->
        name = String.to_atom(name)
        {Macro.var(name, nil), [name | names]}

      part, names ->
        {part, names}
    end)
  end
end

defmodule Routes.Check do
  @moduledoc "Macros that check arguments."

  @doc "Checks a condition and raises with its text where it does not hold."
  defmacro ensure(condition, message \\ nil) do
    text = Macro.to_string(condition)

    quote do
      if unquote(condition) do
        :ok
      else
        raise ArgumentError, unquote(message) || "expected " <> unquote(text)
      end
    end
  end

  defguard is_port_number(value) when is_integer(value) and value in 1..65_535
  defguardp is_small(value) when value < 1024

  def kind(port) when is_port_number(port) and is_small(port), do: :system
  def kind(port) when is_port_number(port), do: :user
  def kind(_), do: :none

  defmacro unless_nil(value, do: block) do
    quote do
      case unquote(value) do
        nil -> nil
        _ -> unquote(block)
      end
    end
  end
end

defmodule Routes.Shop do
  use Routes, prefix: "/shop"

  get "/items", ItemPage, :index
  get "/items/:id", ItemPage, :show
  post "/items", ItemPage, :create
  put "/items/:id", ItemPage, :update
  delete "/items/:id", ItemPage, :delete

  scope "/admin" do
    get "/users/:user/orders/:order", OrderPage, :show
    get "/users/:user", UserPage, :show
    delete "/users/:user", UserPage, :delete
  end

  get "/", HomePage, :index
end

defmodule Routes.Request do
  @moduledoc false

  import Routes.Check
  import Bitwise

  defstruct verb: :get, path: [], headers: [], params: %{}, flags: 0

  @secure 0b0001
  @local 0b0010

  def new(verb, url, headers \\ []) do
    ensure(is_atom(verb))
    ensure(is_binary(url), "expected a URL")
    uri = URI.parse(url)
    ensure(kind(uri.port || 80) != :none)
    flags = if uri.scheme == "https", do: @secure, else: 0
    flags = if uri.host in ["localhost", "127.0.0.1"], do: flags ||| @local, else: flags

    %__MODULE__{
      verb: verb,
      path: String.split(uri.path || "", "/", trim: true),
      headers: normalize(headers),
      params: URI.decode_query(uri.query || ""),
      flags: flags
    }
  end

  def secure?(%__MODULE__{flags: flags}), do: (flags &&& @secure) != 0
  def local?(%__MODULE__{flags: flags}), do: (flags &&& @local) != 0

  def header(%__MODULE__{headers: headers}, name) do
    unless_nil List.keyfind(headers, String.downcase(name), 0) do
      {_, value} = List.keyfind(headers, String.downcase(name), 0)
      value
    end
  end

  def dispatch(%__MODULE__{verb: verb, path: path} = request, router) do
    case router.match(verb, path) do
      {module, function, params} ->
        try do
          apply(module, function, [%{request | params: Map.merge(request.params, params)}])
        rescue
          error in [KeyError, ArgumentError] -> {:error, 400, Exception.message(error)}
          UndefinedFunctionError -> {:error, 501, "no page"}
        catch
          :throw, {:redirect, to} -> {:redirect, to}
          :exit, reason -> {:error, 500, inspect(reason)}
        after
          send(self(), {:done, verb, path})
        end

      :error ->
        {:error, 404, "nothing at /#{Enum.join(path, "/")}"}
    end
  end

  defp normalize(headers) do
    for {name, value} <- headers, value not in [nil, ""], do: {String.downcase(name), String.trim(value)}
  end
end
